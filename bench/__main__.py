"""`make bench`: all figures, one after the other."""

import subprocess
import sys

FIGURES = (
    "bench.cost", "bench.backup", "bench.latency", "bench.origin", "bench.gate", "bench.sites", "bench.register",
    "bench.packager", "bench.boxes", "bench.window",
    "bench.quality --plain --streamer --draw bench/out/quality.svg",
)


def main() -> int:
    """Run each figure in a process of its own; exit 1 when one could not be taken."""
    failed = []
    for name in FIGURES:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", *name.split()], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"could not be taken: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
