"""Can this machine make pictures with an encoder? A few seconds of them are made, and looked at."""

import os
from dataclasses import dataclass
from threading import Event, Thread, Timer
from typing import IO, Self

from flow.encoder_kind import EncoderKind
from flow.errors import ToolError
from flow.ids import RenditionId
from flow.ladder import Rendition
from flow.process import Process, Spawn
from flow.profile import PROFILES, ProfileName
from flow.timebase import GOP, SCALE
from transcode.command import sample_argv
from transcode.hardware import NAMES
from transcode.sample_check import Expected, flaw_of

PATIENCE = 20.0
"""Seconds that a trial may take; a driver that hangs would take for ever."""

_RUNG = Rendition(
    id=RenditionId("trial"), width=640, height=360, fps=25, crf=26, maxrate=600_000, bufsize=400_000,
    preset="veryfast",
)
_PROFILE = PROFILES[ProfileName.LOW]
_START = 934_000_000 * GOP
"""Far from 0, where an offset that is lost would not be noticed."""
_PICTURES = (2 * GOP + _PROFILE.chunk) * _RUNG.fps // SCALE
"""Two segments, and as much of a third as shows how it begins."""

_PARTING = 2.0
"""Seconds until what an ended process said has been read; a child of its own might keep the pipe."""

_DEVICES = {
    EncoderKind.NVENC: "NVIDIA card with an encoder", EncoderKind.QSV: "Intel processor with Quick Sync Video",
    EncoderKind.VAAPI: "card that VAAPI can use",
}
_NO_DEVICE = {
    EncoderKind.NVENC: (
        "Cannot load libcuda", "Cannot load libnvidia-encode", "no CUDA-capable", "capable devices found",
    ),
    EncoderKind.QSV: ("MFX session", "Device creation failed"),
    EncoderKind.VAAPI: ("VA display", "Device creation failed"),
}
"""What FFmpeg 5.1 to 9.0 says of a machine that lacks it."""


def try_encoder(kind: EncoderKind, ffmpeg: str, spawn: Spawn, patience: float = PATIENCE) -> str:
    """Why this machine cannot put an encoder's pictures on air, as the end of a sentence; empty when it can.

    It blocks for as long as some seconds of a small picture take, for `patience` seconds at most.
    """
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb") as output:
        try:
            argv = sample_argv(ffmpeg, _RUNG, _PROFILE, _START, _PICTURES, kind, theirs)
            process = spawn(argv, pass_fds=(theirs,))
        except (ToolError, OSError) as error:
            return str(error)
        finally:
            os.close(theirs)
        ended = _Ended.of(process, output, patience)
    if ended.late:
        return f"its trial did not end within {patience:g} s"
    if ended.status:
        return refusal(kind, ended.words, ended.status)
    flaw = flaw_of(ended.made, Expected(profile=_PROFILE, fps=_RUNG.fps, start=_START, pictures=_PICTURES))
    return f"its trial failed: {flaw}" if flaw else ""


@dataclass(frozen=True, slots=True)
class _Ended:
    """How a trial went: what was made, what was said, the exit status, and whether it had to be ended."""

    made: bytes
    words: str
    status: int
    late: bool

    @classmethod
    def of(cls, process: Process, output: IO[bytes], patience: float) -> Self:
        """Read all that it makes and says until it ends; it is gone afterwards."""
        late = Event()

        def end() -> None:
            late.set()
            process.kill()

        limit = Timer(patience, end)
        limit.daemon = True  # Ctrl-C in the middle must not wait for it
        limit.start()
        said: list[bytes] = []
        stderr = process.stderr
        listener = Thread(target=lambda: said.append(stderr.read() if stderr else b""), daemon=True)
        listener.start()
        try:
            made = output.read()
            status = process.wait()
        finally:
            limit.cancel()
            process.kill()  # harmless when it has ended
            process.wait()
            listener.join(_PARTING)
            if stderr is not None:
                stderr.close()
        return cls(made, b"".join(said).decode("utf-8", "replace"), status, late.is_set())


def refusal(kind: EncoderKind, words: str, status: int) -> str:
    """Why an encoder was not opened, from what FFmpeg said before it ended, as the end of a sentence."""
    if "Unknown encoder" in words:
        return f"this FFmpeg was built without {NAMES[kind]}"
    if "Permission denied" in words:
        return "its device may not be opened by this user; add it to the groups video and render"
    if any(sign in words for sign in _NO_DEVICE[kind]):
        return f"there is no {_DEVICES[kind]}, or its driver is not installed"
    faults = (line for line in words.splitlines() if "[error]" in line or "[fatal]" in line)
    blame = next(faults, f"status {status}")
    return f"its trial failed: {blame.rpartition('] ')[2].strip()}"
