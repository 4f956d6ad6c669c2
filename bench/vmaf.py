"""VMAF of a rendition against the canvas, both at the canvas' size, by FFmpeg's libvmaf."""

import json
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

from flow.canvas import Canvas

_LABELS = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"


@dataclass(frozen=True, slots=True)
class Vmaf:
    """Mean, and what one picture in twenty stays below."""

    mean: float
    low: float


def can_measure(ffmpeg: str) -> bool:
    """Whether this FFmpeg has libvmaf; the one that comes with xacast has."""
    said = subprocess.run([ffmpeg, "-hide_banner", "-filters"], capture_output=True, text=True, check=False)
    return " libvmaf " in said.stdout


def vmaf_of(ffmpeg: str, rendition: Path, canvas_file: Path, canvas: Canvas, every: int) -> Vmaf:
    """Compare each picture of the same number; `every` 5 looks at one in five, which no GOP's length divides.

    Both are labelled alike: FFmpeg converts between colour matrices where one is labelled and the other is not,
    and a slide without a fault then scores 88.
    """
    log = rendition.with_suffix(".json")
    count = f"settb=1/{canvas.fps},setpts=N"
    graph = (
        f"[0:v]{_LABELS},scale={canvas.width}:{canvas.height}:flags=bicubic,{count}[one];[1:v]{_LABELS},{count}[two];"
        f"[one][two]libvmaf=n_threads=1:n_subsample={every}:log_fmt=json:log_path={log}"
    )
    subprocess.run(
        ["nice", "-n", "19", ffmpeg, "-v", "error", "-threads", "1", "-i", str(rendition), "-threads", "1",
         "-i", str(canvas_file), "-filter_complex", graph, "-f", "null", "-"],
        check=True, stdin=subprocess.DEVNULL,
    )
    return summary([picture["metrics"]["vmaf"] for picture in json.loads(log.read_text("utf-8"))["frames"]])


def summary(scores: list[float]) -> Vmaf:
    """Of all pictures that were looked at."""
    return Vmaf(round(statistics.mean(scores), 2), round(sorted(scores)[len(scores) // 20], 2))
