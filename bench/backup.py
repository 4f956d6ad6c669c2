"""What a backup feed costs while it is not on air: kept warm, which is the rule, and `cold`.

A machine runs with one feed, with a second one that is decoded beside it, and with a second one that is not, one
after the other, several times: processor time of the worker and its children without the encoder, which does the
same work in all three.

    python -m bench.backup [--file CLIP] [--ladder conference-720] [--seconds 20] [--rounds 3] [--json]
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.cost import generated
from bench.machine import Machine
from bench.processor import seconds, spent
from desk.ffmpeg import find_ffmpeg

WAYS: dict[str, tuple[str, ...]] = {"none": (), "warm": (), "cold": ("--cold", "2")}
_WARM_UP = 8.0


def encodes(pid: int) -> bool:
    """Whether a process is the encoder."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:  # it has just gone
        return False
    return b"libx264" in words and b"-codec_whitelist" not in words  # decoders take only known codecs


def beside_the_encoder(pid: int) -> dict[int, float]:
    """Processor seconds of a worker and its children, without the encoder."""
    return {member: value for member, value in seconds(pid).items() if not encodes(member)}


def measured(clip: Path, ladder: str, way: str, length: float) -> float:
    """Core-seconds per second with a backup of that kind."""
    feeds = ("--feed", str(clip)) if way == "none" else ("--feed", str(clip), "--feed", str(clip))
    with Machine() as machine:
        machine.run("start", "backup", "--open", *feeds, *WAYS[way], "--ladder", ladder, "--force")
        time.sleep(_WARM_UP)
        pid = int(machine.status("backup")["worker"]["status"]["pid"])
        before, began = beside_the_encoder(pid), time.monotonic()
        time.sleep(length)
        return spent(before, beside_the_encoder(pid)) / (time.monotonic() - began)


def main() -> None:
    """Alternate, and state what the second feed adds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--ladder", default="conference-720")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        clip = options.file or generated(find_ffmpeg().path, Path(folder))
        for number in range(options.rounds):
            for way, values in found.items():
                values.append(measured(clip, options.ladder, way, options.seconds))
                print(f"round {number + 1}: {way} {values[-1]:.3f} core-seconds per second", file=sys.stderr)
    alone = statistics.median(found["none"])
    result = {way: round(statistics.median(values) - alone, 3) for way, values in found.items() if way != "none"}
    result["one feed"] = round(alone, 3)
    told = f"a backup adds {result['warm']:.3f} core-seconds per second when warm, {result['cold']:.3f} when cold"
    print(json.dumps(result) if options.json else f"{told} {result}")


if __name__ == "__main__":
    main()
