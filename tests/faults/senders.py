"""Who sends to xacast: real FFmpeg processes that only copy, and can be killed and started again."""

import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Self

WRAP = 95_443.717688
"""Seconds at which 33 bits of 90 kHz are used up (ISO/IEC 13818-1, 2.4.2.2)."""
LATENCY = 240_000
"""Microseconds, as FFmpeg's SRT has it."""
TRANSPORT = ("-mpegts_flags", "+resend_headers", "-f", "mpegts")
AGAIN = 0.2
"""Seconds after which a sender that was refused calls again."""


def srt_to(port: int, latency: int = LATENCY) -> str:
    """The address of an SRT listener on this machine; the longer latency of both sides holds."""
    return f"srt://127.0.0.1:{port}?mode=caller&latency={latency}&pkt_size=1316"


def udp_to(port: int) -> str:
    """The address of a UDP receiver on this machine."""
    return f"udp://127.0.0.1:{port}?pkt_size=1316"


class Sender:
    """An FFmpeg that sends clips in a loop, or one after the other, at their own pace, from `with` to its end.

    `offset` is added to every timestamp; `form` says what it writes; `started` is the wall time at
    which the process was begun.
    """

    def __init__(
        self, ffmpeg: str, to: str, clips: Sequence[Path], *, offset: float = 0.0, folder: Path | None = None,
        form: Sequence[str] = TRANSPORT,
    ) -> None:
        source = ["-stream_loop", "-1", "-i", f"file:{clips[0]}"]
        if len(clips) > 1:
            assert folder is not None, "a list of clips needs a folder to stand in"
            listing = folder / f"{abs(hash(tuple(clips)))}.txt"
            listing.write_text("".join(f"file '{clip}'\n" for clip in clips))
            source = ["-f", "concat", "-safe", "0", "-i", str(listing)]
        # A real encoder does not hold its picture back when its sound fails; FFmpeg's muxer does, for 10 s.
        prompt = ["-max_interleave_delta", "100000"]
        shift = [*prompt, "-muxdelay", "0", "-muxpreload", "0", "-output_ts_offset", f"{offset:.6f}"]
        copy = ["-map", "0", "-c", "copy", *shift, *form, to]
        self._argv = [ffmpeg, "-nostdin", "-loglevel", "error", "-re", *source, *copy]
        self._process: subprocess.Popen[bytes] | None = None
        self._over = Event()
        self._lock = Lock()
        self._thread = Thread(target=self._keep, name="sender", daemon=True)
        self.started = 0.0

    def __enter__(self) -> Self:
        self.started = time.time()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> float:
        """End it as its operator would: it says good-bye where the protocol has a word for that."""
        return self._end(signal.SIGTERM)

    def kill(self) -> float:
        """End it as a power cut would; the wall time of that."""
        return self._end(signal.SIGKILL)

    def _end(self, number: int) -> float:
        with self._lock:
            self._over.set()
            if self._process is not None:
                self._process.send_signal(number)
        ended = time.time()
        self._thread.join(10)
        return ended

    def _keep(self) -> None:
        """A sender that is refused, or whose connection broke, calls again; one that has sent all is done."""
        while True:
            with self._lock:
                if self._over.is_set():
                    return
                self._process = subprocess.Popen(self._argv, stderr=subprocess.DEVNULL)
            if self._process.wait() == 0 or self._over.wait(AGAIN):
                return
