"""Encodes a canvas with the encoder's own argument list, from raw pictures as on air, but as fast as it goes."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from flow.ids import RenditionId
from flow.ladder import Ladder, Rendition
from flow.profile import PROFILES, ProfileName
from transcode.command import Wiring, encoder_argv

_PICTURES, _SOUND = 0, 3
_POLITELY = ("nice", "-n", "19")


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Files of all renditions, and the processor seconds that the encoder used."""

    files: dict[RenditionId, Path]
    spent: float


def offline_argv(ffmpeg: str, ladder: Ladder, sound: Path, files: dict[RenditionId, Path]) -> list[str]:
    """The encoder's argument list: pictures on standard input, sound from a file, files for its outputs."""
    outputs = {name: 10 + at for at, name in enumerate(files)}
    wiring = Wiring(pictures=_PICTURES, sounds=(_SOUND,), outputs=outputs)
    named = {f"pipe:{outputs[name]}": str(file) for name, file in files.items()} | {f"pipe:{_SOUND}": str(sound)}
    argv = encoder_argv(ffmpeg, ladder, PROFILES[ProfileName.LOW], 0, wiring)
    return [argv[0], "-y", *(named.get(word, word) for word in argv[1:])]


def plain_argv(ffmpeg: str, rung: Rendition, canvas: Path, file: Path) -> list[str]:
    """What anybody would write: one rate at the rung's preset, size and ceiling, key pictures as far apart."""
    rate, scale = str(rung.maxrate), f"scale={rung.width}:{rung.height}:flags=bicubic"
    return [
        ffmpeg, "-v", "error", "-y", "-i", str(canvas), "-an", "-vf", scale, "-c:v", "libx264",
        "-preset", rung.preset, "-b:v", rate, "-maxrate", rate, "-bufsize", str(2 * rung.maxrate), "-g", "48",
        "-sc_threshold", "0", str(file),
    ]


def encode(ffmpeg: str, ladder: Ladder, canvas: Path, sound: Path, folder: Path) -> Encoded:
    """Every rendition of the ladder."""
    names = (*(rung.id for rung in ladder.video), *(group.id for group in ladder.sounds))
    files = {name: folder / f"{name}.mp4" for name in names}
    raw = [*_POLITELY, ffmpeg, "-v", "error", "-i", str(canvas), "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"]
    with subprocess.Popen(raw, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as source:
        spent = spent_by(offline_argv(ffmpeg, ladder, sound, files), source.stdout)
    return Encoded(files=files, spent=spent)


def spent_by(argv: list[str], source: object = subprocess.DEVNULL, said: object = None) -> float:
    """Run to the end; processor seconds of the process and of what it waited for, which do not depend on what else
    the machine does. `said` takes its words, where they are not for the terminal."""
    words = [*_POLITELY, *argv]
    process = subprocess.Popen(words, stdin=source, stdout=said, stderr=said)  # type: ignore[call-overload]
    if hasattr(source, "close"):
        source.close()  # or the end of the encoder would not end its source
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{argv[0]} ended with status {process.returncode}"
        raise RuntimeError(message)
    return float(used.ru_utime + used.ru_stime)
