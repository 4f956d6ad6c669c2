"""What the worker costs over one bare FFmpeg command with the same input, filters, ladder and encoder settings.

Both run in real time from the same looped file, one after the other, several times: processor time of the whole
family of processes over the same number of seconds, and the ratio. The bare command is made from the worker's own
argument lists, so nothing differs but the pipes and the programme between them.

    python -m bench.cost [--file CLIP] [--ladder conference-720] [--seconds 30] [--rounds 3] [--json]
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.machine import Machine
from bench.processor import seconds, spent
from desk.ffmpeg import find_ffmpeg
from flow.profile import PROFILES, ProfileName
from ingest import command as decoding
from ingest.kinds import feed_of
from ingest.pictures.sheet import Sheet
from transcode import command as encoding
from transcode.presets import load_ladder

_WARM = 8.0


def generated(ffmpeg: str, folder: Path) -> Path:
    """A clip of a moving picture with sound, made once."""
    clip = folder / "clip.mp4"
    subprocess.run(
        [ffmpeg, "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25", "-f", "lavfi",
         "-i", "sine=r=48000", "-t", "20", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p",
         "-c:a", "aac", str(clip)],
        check=True,
    )
    return clip


def bare_argv(ffmpeg: str, clip: Path, ladder_name: str) -> list[str]:
    """One FFmpeg that does what decoder and encoder do together."""
    ladder = load_ladder(ladder_name)
    wiring = decoding.Wiring(pictures=3, sounds={1: 4})
    decoder = decoding.decoder_argv(ffmpeg, feed_of(str(clip)), Sheet(ladder.canvas), "bare", wiring)
    names = (*(rung.id for rung in ladder.video), *(group.id for group in ladder.sounds))
    outputs = {name: 5 + at for at, name in enumerate(names)}
    encoder = encoding.encoder_argv(
        ffmpeg, ladder, PROFILES[ProfileName.LOW], 0, encoding.Wiring(pictures=3, sounds=(4,), outputs=outputs),
    )
    conform = f"[0:v]{_value(decoder, '-vf')}"
    last_input = len(encoder) - 1 - encoder[::-1].index("-i")
    rest = ["/dev/null" if word.startswith("pipe:") else word for word in encoder[last_input + 2:]]
    graph = rest.index("-filter_complex") + 1
    rest[graph] = rest[graph].replace("[0:v]", f"{conform}[canvas];[canvas]", 1)
    conformed = ["0:a", "-af", _value(decoder, "-af")]
    rest = [word for given in rest for word in (conformed if given == "1:a" else [given])]
    start = decoder[1:decoder.index("-i") + 2]
    return [ffmpeg, "-y", *start, *rest]


def _value(argv: list[str], option: str) -> str:
    return argv[argv.index(option) + 1]


def over(pid: int, length: float) -> float:
    """Core-seconds per second of a family of processes."""
    before, began = seconds(pid), time.monotonic()
    time.sleep(length)
    return spent(before, seconds(pid)) / (time.monotonic() - began)


def bare(argv: list[str], length: float) -> float:
    """Run the bare command for a while."""
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(_WARM)
        return over(process.pid, length)
    finally:
        process.kill()
        process.wait()


def worker(clip: Path, ladder: str, length: float) -> float:
    """Run a whole machine, and look at its worker alone."""
    with Machine() as machine:
        machine.run("start", "cost", "--open", "--feed", str(clip), "--ladder", ladder, "--force")
        time.sleep(_WARM)
        return over(int(machine.status("cost")["worker"]["status"]["pid"]), length)


def main() -> None:
    """Alternate, and state the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--ladder", default="conference-720")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    ffmpeg = find_ffmpeg().path
    with tempfile.TemporaryDirectory() as folder:
        clip = options.file or generated(ffmpeg, Path(folder))
        argv = bare_argv(ffmpeg, clip, options.ladder)
        runs: dict[str, Callable[[], float]] = {
            "bare": lambda: bare(argv, options.seconds),
            "worker": lambda: worker(clip, options.ladder, options.seconds),
        }
        found: dict[str, list[float]] = {"bare": [], "worker": []}
        for number in range(options.rounds):
            for name, run in runs.items():
                found[name].append(run())
                print(f"round {number + 1}: {name} {found[name][-1]:.3f} core-seconds per second", file=sys.stderr)
    ratios = [ours / theirs for ours, theirs in zip(found["worker"], found["bare"], strict=True)]
    result = {
        **{name: round(statistics.mean(values), 3) for name, values in found.items()},
        "ratio": round(statistics.median(ratios), 3), "ratios": [round(ratio, 3) for ratio in ratios],
    }
    print(json.dumps(result) if options.json else f"the worker costs {result['ratio']:.2f} x bare FFmpeg {result}")


if __name__ == "__main__":
    main()
