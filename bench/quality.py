"""What each rung of a ladder looks like, and what it asks of the line and of the machine.

The encoder's own argument list encodes a clip, not in real time, from raw pictures as on air: VMAF of each rung
against the canvas, its average and its highest rate in any two seconds with sound and containers, the BANDWIDTH
that playlists declare, and processor time. `--plain` compares each rung with a plain x264 at the same preset, size
and rate, `--streamer` with shaka-streamer's ladder for live channels, each with the sound that suits its rate;
`--draw` draws all of them.

    python -m bench.quality [--file CLIP] [--start 0] [--seconds 0] [--ladder conference-720 …]
        [--hevc] [--plain] [--streamer] [--draw FILE.svg] [--json]
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.clips import canvas_of, generated, sound_of
from bench.offline import encode, plain_argv, spent_by
from bench.picture import drawn
from bench.rates import Flow, flow_of
from bench.streamer import VERSION, Streamed, program, stream
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
    """Of one ladder; `cores` are the encoder's core-seconds for each second, `streamer_cores` all of its."""

    ladder: str
    cores: float
    rows: list[Row]
    plain: list[Row]
    streamer: list[Row]
    streamer_cores: float


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

    def streamed(one: Streamed) -> Row:
        sound = next((group for group in ladder.sounds if one.bandwidth >= group.from_maxrate), ladder.sounds[-1])
        flow = flow_of(ffmpeg, one.file) + sounds[sound.id]
        seen = vmaf_of(options.judge, one.file, canvas, ladder.canvas, options.every)
        return Row(
            rung=one.name, size=one.size, bandwidth=one.bandwidth + sound.bitrate, average=flow.average,
            peak=flow.peak(), vmaf=seen.mean, vmaf_low=seen.low,
        )

    rows = [row(rung, made.files[rung.id]) for rung in ladder.video]
    plain = []
    for rung in ladder.avc if options.plain else ():
        file = folder / f"{rung.id}-plain.mp4"
        spent_by(plain_argv(ffmpeg, rung, canvas, file))
        plain.append(row(rung, file))
    theirs, spent = stream(canvas, folder) if options.streamer else ([], 0.0)
    return Figures(
        ladder=ladder.name, cores=round(made.spent / seconds, 3), rows=rows, plain=plain,
        streamer=[streamed(one) for one in theirs], streamer_cores=round(spent / seconds, 3),
    )


def shown(figures: Figures) -> str:
    """As a table, with what a player would take on each line."""
    head = ("RUNG", "SIZE", "BANDWIDTH", "AVERAGE", "PEAK OVER 2 s", "VMAF", "5 %")
    lines = [head]
    for word, rows in (("", figures.rows), ("plain ", figures.plain), ("shaka ", figures.streamer)):
        lines += [
            (word + row.rung, row.size, *(f"{rate // 1000}" for rate in (row.bandwidth, row.average, row.peak)),
             f"{row.vmaf:.1f}", f"{row.vmaf_low:.1f}")
            for row in rows
        ]
    told = [f"{figures.ladder}: {figures.cores:.2f} core-seconds per second (rates in kbit/s)", table(lines)]
    if figures.streamer:
        told.append(f"shaka-streamer {VERSION}: {figures.streamer_cores:.2f} core-seconds per second")
    for line in LINES:
        best = [best_for(line, rows) for rows in (figures.rows, figures.plain, figures.streamer) if rows]
        told.append(f"on {line // 1000} kbit/s: " + "; ".join(
            f"{one.rung}, VMAF {one.vmaf:.1f}" if one else "nothing" for one in best))
    return "\n".join(told)


def picture(figures: Figures) -> str:
    """All that was compared, as SVG."""
    sets = {
        figures.ladder: figures.rows, "plain x264, same presets and sizes": figures.plain,
        f"shaka-streamer {VERSION}, live": figures.streamer,
    }
    curves = {name: [(row.rung, row.peak, row.vmaf) for row in rows] for name, rows in sets.items() if rows}
    return drawn(f"{figures.ladder}: quality over rate", curves)


def main() -> None:
    """Measure each ladder on the same clip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--start", type=float, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--ladder", nargs="+", default=[DEFAULT_LADDER])
    parser.add_argument("--hevc", action="store_true", help="with HEVC beside each picture")
    parser.add_argument("--every", type=int, default=5, help="look at one picture in so many")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--streamer", action="store_true")
    parser.add_argument("--draw", type=Path, help="where the picture goes; of several ladders the last")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    ffmpeg = find_ffmpeg().path
    options.judge = next((one for one in (ffmpeg, bundled()) if one and can_measure(one)), None)
    if options.judge is None:
        sys.exit("no FFmpeg with libvmaf is here")
    if options.streamer:
        program()  # before all the encoding, lest it cannot be had
    for name in options.ladder:
        ladder = load_ladder(name, hevc=options.hevc)
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            clip = options.file or generated(ffmpeg, folder)
            canvas = canvas_of(ffmpeg, clip, ladder.canvas, (options.start, options.seconds), folder)
            figures = measure(ffmpeg, ladder, canvas, options, folder)
        if options.draw:
            options.draw.parent.mkdir(parents=True, exist_ok=True)
            options.draw.write_text(picture(figures), "utf-8")
        print(json.dumps(asdict(figures)) if options.json else shown(figures), flush=True)


if __name__ == "__main__":
    main()
