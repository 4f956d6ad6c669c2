"""Finds an FFmpeg that fits: the one that is set, else the system's, else the bundled one."""

import re
import shutil
import subprocess
from dataclasses import dataclass

from flow.errors import OperatorError
from flow.ladder import Ladder

LEAST = (5, 1)
_LEAST_AVUTIL = 57  # libavutil of 5.1; builds from the development tree have no version of their own
PATIENCE = 20.0  # seconds; a cold disk reads 80 MB first
_VERSION = re.compile(r"^ffmpeg version n?(\d+)\.(\d+)", re.MULTILINE)
_AVUTIL = re.compile(r"^libavutil\s+(\d+)\.", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FFmpeg:
    """One FFmpeg and what it can do. `version` is its first line's word; `lacks` names what xacast needs of it;
    `srt` and `hevc` are whether it takes such feeds, and makes such pictures."""

    path: str
    version: str
    lacks: tuple[str, ...]
    srt: bool
    hevc: bool

    @property
    def fits(self) -> bool:
        """Whether xacast can work with it."""
        return not self.lacks


def read_capabilities(path: str, version: str, encoders: str, muxers: str, protocols: str) -> FFmpeg:
    """The FFmpeg that four of its own listings describe."""
    lacks = []
    if not _new_enough(version):
        lacks.append("version 5.1")
    lacks += [name for name in ("libx264", "aac") if not _listed(name, encoders)]
    if not re.search(r"^ +E +mp4 ", muxers, re.MULTILINE):
        lacks.append("mp4")
    words = version.split(maxsplit=3)
    shown = words[2] if len(words) > 2 else "unknown"
    return FFmpeg(
        path=path, version=shown, lacks=tuple(lacks), srt="srt" in protocols.split(),
        hevc=_listed("libx265", encoders),
    )


def _listed(encoder: str, encoders: str) -> bool:
    return re.search(rf"^ \S+ {encoder} ", encoders, re.MULTILINE) is not None


def _new_enough(listing: str) -> bool:
    if found := _VERSION.search(listing):
        return (int(found[1]), int(found[2])) >= LEAST
    found = _AVUTIL.search(listing)
    return found is not None and int(found[1]) >= _LEAST_AVUTIL


def examine(path: str) -> FFmpeg:
    """Ask an FFmpeg what it can do; one that cannot run lacks everything."""
    listings = []
    for question in ("-version", "-encoders", "-muxers", "-protocols"):
        try:
            answer = subprocess.run(
                [path, "-hide_banner", question], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                errors="replace", timeout=PATIENCE, check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return FFmpeg(path=path, version="unknown", lacks=("a working program",), srt=False, hevc=False)
        listings.append(answer.stdout)
    return read_capabilities(path, *listings)


def bundled() -> str | None:
    """The FFmpeg that was installed with xacast, or None."""
    import imageio_ffmpeg  # noqa: PLC0415 - reads its own folder when imported; only who needs it pays

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:
        return None


def check_codecs(ladder: Ladder, found: FFmpeg) -> None:
    """Raises OperatorError when a ladder has pictures that an FFmpeg cannot make."""
    if ladder.hevc and not found.hevc:
        problem = f"{found.path} was built without libx265, which --hevc needs"
        raise OperatorError(problem, "Leave --hevc out, or name another one in XACAST_FFMPEG")


def find_ffmpeg(chosen: str = "") -> FFmpeg:
    """The FFmpeg to use. One that was chosen must fit; raises OperatorError when none does."""
    if chosen:
        path = shutil.which(chosen)
        found = examine(path) if path else None
        if found is None or not found.fits:
            lack = ", ".join(found.lacks) if found else "it is not there"
            problem = f"the FFmpeg {chosen} does not fit ({lack})"
            raise OperatorError(problem, "Correct XACAST_FFMPEG, or leave it empty for the bundled one")
        return found
    for path in (shutil.which("ffmpeg"), bundled()):
        if path and (found := examine(path)).fits:
            return found
    problem = "no FFmpeg 5.1 or newer with libx264 and AAC was found"
    raise OperatorError(problem, "Install one, or name it in XACAST_FFMPEG; `xacast doctor` says more")
