"""What a ladder costs on this machine, found out by a short encode."""

import os
import shutil
import subprocess
from threading import Timer

from flow.encoder_kind import EncoderKind
from flow.errors import ToolError
from flow.ladder import Ladder
from flow.profile import Profile
from transcode.command import trial_argv

_MEDIA_SECONDS = 2
_PATIENCE = 60.0


def measure_cost(
    ladder: Ladder, profile: Profile, ffmpeg: str, kind: EncoderKind = EncoderKind.X264,
) -> float:
    """Core-seconds that one second of this ladder costs here, generating a moving picture included.

    Takes about as long as the machine needs for two seconds of it. Raises ToolError when FFmpeg fails or needs
    more than a minute.
    """
    argv = _politely(trial_argv(ffmpeg, ladder, profile, _MEDIA_SECONDS, kind))
    try:
        process = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise ToolError(ffmpeg, str(error)) from error
    limit = Timer(_PATIENCE, process.kill)
    limit.daemon = True  # Ctrl-C in the middle must not wait for it
    limit.start()
    try:
        words = process.stderr.read().decode("utf-8", "replace") if process.stderr else ""
        # wait4 tells what this one child used; Popen, whose child is reaped here, is told how it ended
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        limit.cancel()
        process.kill()  # harmless when it has ended
        process.wait()
        if process.stderr:
            process.stderr.close()
    if process.returncode:
        detail = words.strip().rpartition("\n")[2] or f"status {process.returncode}"
        raise ToolError(ffmpeg, detail)
    return (used.ru_utime + used.ru_stime) / _MEDIA_SECONDS


def _politely(argv: list[str]) -> list[str]:
    """Behind everything else: what is on air must not feel that another ladder is tried."""
    nice = shutil.which("nice")
    return [nice, "-n", "19", *argv] if nice else argv
