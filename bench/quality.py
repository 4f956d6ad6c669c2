"""What each rung of a ladder looks like, and what it asks of the line and of the machine.

The encoder's own argument list encodes a clip, not in real time, from raw pictures as on air: VMAF of each rung
against the canvas, its average and its highest rate in any two seconds with sound and containers, the BANDWIDTH
that playlists declare, and processor time. `--plain` compares each rung with a plain x264 at the same preset, size
and rate.

    python -m bench.quality [--file CLIP] [--start 0] [--seconds 0] [--ladder conference-720 …] [--plain] [--json]
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.clips import canvas_of, generated, sound_of
from bench.offline import encode, plain_argv, spent_by
from bench.rates import Flow, flow_of
from bench.vmaf import Vmaf, can_measure, vmaf_of
from desk.ffmpeg import bundled, find_ffmpeg
from desk.table import table
from flow.ladder import Ladder, Rendition
from flow.profile import PROFILES, ProfileName
from flow.timebase import SCALE, TICK, TICKS_PER_GOP
from packager.multivariant import overhead
from transcode.presets import DEFAULT_LADDER, load_ladder

LINES = (500_000, 1_000_000, 2_000_000)
SPARE = 0.85
"""Of a line: what a player takes a rung for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rung, rates in bit/s."""

    rung: str
    size: str
    bandwidth: int
    average: int
    peak: int
    vmaf: float
    vmaf_low: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one ladder; `cores` are the encoder's core-seconds for each second."""

    ladder: str
    cores: float
    rows: list[Row]
    plain: list[Row]


def row_of(ladder: Ladder, rung: Rendition, flow: Flow, seen: Vmaf) -> Row:
    """`flow` is the picture's and the sound's together; what is declared is what playlists would say."""
    fixed = rung.maxrate + ladder.sound_of(rung).bitrate + overhead(PROFILES[ProfileName.LOW], rung.fps)
    segment = flow.peak(TICKS_PER_GOP, TICKS_PER_GOP)
    return Row(
        rung=rung.id, size=f"{rung.width}x{rung.height}", bandwidth=max(fixed, segment), average=flow.average,
        peak=flow.peak(), vmaf=seen.mean, vmaf_low=seen.low,
    )


def best_for(line: int, rows: list[Row]) -> Row | None:
    """The best rung that a player would take on a line."""
    light = [row for row in rows if row.bandwidth <= SPARE * line]
    return max(light, key=lambda row: row.vmaf, default=None)


def measure(ffmpeg: str, ladder: Ladder, canvas: Path, options: argparse.Namespace, folder: Path) -> Figures:
    """All of one ladder."""
    seconds = len(flow_of(ffmpeg, canvas).ticks) * TICK / SCALE
    made = encode(ffmpeg, ladder, canvas, sound_of(ffmpeg, seconds, folder), folder)
    sounds = {group.id: flow_of(ffmpeg, made.files[group.id]) for group in ladder.sounds}

    def row(rung: Rendition, file: Path) -> Row:
        seen = vmaf_of(options.judge, file, canvas, ladder.canvas, options.every)
        return row_of(ladder, rung, flow_of(ffmpeg, file) + sounds[ladder.sound_of(rung).id], seen)

    rows = [row(rung, made.files[rung.id]) for rung in ladder.video]
    plain = []
    for rung in ladder.video if options.plain else ():
        file = folder / f"{rung.id}-plain.mp4"
        spent_by(plain_argv(ffmpeg, rung, canvas, file))
        plain.append(row(rung, file))
    return Figures(ladder=ladder.name, cores=round(made.spent / seconds, 3), rows=rows, plain=plain)


def shown(figures: Figures) -> str:
    """As a table, with what a player would take on each line."""
    head = ("RUNG", "SIZE", "BANDWIDTH", "AVERAGE", "PEAK OVER 2 s", "VMAF", "5 %")
    lines = [head]
    for word, rows in (("", figures.rows), ("plain ", figures.plain)):
        lines += [
            (word + row.rung, row.size, *(f"{rate // 1000}" for rate in (row.bandwidth, row.average, row.peak)),
             f"{row.vmaf:.1f}", f"{row.vmaf_low:.1f}")
            for row in rows
        ]
    told = [f"{figures.ladder}: {figures.cores:.2f} core-seconds per second (rates in kbit/s)", table(lines)]
    for line in LINES:
        best = best_for(line, figures.rows)
        told.append(f"on {line // 1000} kbit/s: {f'{best.rung}, VMAF {best.vmaf:.1f}' if best else 'nothing'}")
    return "\n".join(told)


def main() -> None:
    """Measure each ladder on the same clip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--start", type=float, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--ladder", nargs="+", default=[DEFAULT_LADDER])
    parser.add_argument("--every", type=int, default=5, help="look at one picture in so many")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    ffmpeg = find_ffmpeg().path
    options.judge = next((one for one in (ffmpeg, bundled()) if one and can_measure(one)), None)
    if options.judge is None:
        sys.exit("no FFmpeg with libvmaf is here")
    for name in options.ladder:
        ladder = load_ladder(name)
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            clip = options.file or generated(ffmpeg, folder)
            canvas = canvas_of(ffmpeg, clip, ladder.canvas, (options.start, options.seconds), folder)
            figures = measure(ffmpeg, ladder, canvas, options, folder)
        print(json.dumps(asdict(figures)) if options.json else shown(figures), flush=True)


if __name__ == "__main__":
    main()
