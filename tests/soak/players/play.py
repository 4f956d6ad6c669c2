"""Starts a native player, lets it play for a while, and hears what it says."""

import os
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.soak.players.natives import NOBODY, Native
from tests.soak.players.seen import Seen


def play(native: Native, url: str, seconds: float) -> Seen:
    """A player that ends by itself has failed: a channel has no end."""
    with tempfile.TemporaryDirectory(prefix="xacast-player-") as home:
        if os.geteuid() == 0:
            os.chown(home, NOBODY, NOBODY)
        out, err = Path(home) / "out", Path(home) / "err"
        with out.open("wb") as said, err.open("wb") as complained:
            process = subprocess.Popen(
                native.argv(url), stdin=subprocess.PIPE, stdout=said, stderr=complained, start_new_session=True,
                env={**os.environ, "HOME": home},
            )
            try:
                ended = _lasts(process, seconds)
                _ask(process, native.asks)
                heard = [path.read_text("utf-8", "replace") for path in (out, err)]  # without its end
            finally:
                _stop(process)
    seen = native.read(heard[0], heard[1], seconds)
    return replace(seen, fatal=1, errors=max(seen.errors, 1)) if ended else seen


def version_of(native: Native) -> str:
    """The first line of what it says of itself."""
    if native.name.startswith(("FFmpeg", "GStreamer")):
        words = [native.program, "-version" if native.name == "FFmpeg" else "--version"]
    else:
        words = [*(word for word in native.words[: native.words.index(native.program) + 1]), "--version"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=30)
    return (done.stdout.splitlines() or [""])[0][:60]


def _lasts(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _ask(process: "subprocess.Popen[bytes]", words: str) -> None:
    if words and process.stdin is not None and process.poll() is None:
        process.stdin.write(words.encode())
        process.stdin.flush()
        _lasts(process, 1)  # what it answers comes at once


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        process.stdin.close()
    for sign in (signal.SIGINT, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, sign)
            _lasts(process, 5)
