"""An SRT feed's front, which outlives its decoders where the sender's clock leaps: the caller stays connected.

A decoder that is kept over a leap fills the gap with standing pictures and silence (F-11, F-16): the next one
begins with the new clock.
"""

import os
from collections.abc import Callable
from threading import Lock, Thread

from ingest.srt.line import SrtLine
from ingest.srt.relay import SrtFront, SrtRelay


class SrtTap:
    """One front at a time, made by `make` when there is none."""

    def __init__(self, make: Callable[[], SrtFront]) -> None:
        self._make = make
        self._lock = Lock()
        self._relay: SrtRelay | None = None

    def attach(self) -> tuple[SrtLine, SrtRelay]:
        """A line for a new decoder, and what serves it: the front that goes on after a leap, or else a new one.

        Raises FeedError or ToolError when that cannot be started.
        """
        line = SrtLine()
        with self._lock:
            if relay := self._relay:
                relay.hand(line)
                return line, relay
            relay = self._relay = SrtRelay(self._make(), line)
        try:
            reading = relay.front.start()[0]
        except BaseException:
            self._forget(relay)
            line.close()
            os.close(line.reading)
            raise
        Thread(target=self._run, args=(relay, reading), name="srt", daemon=True).start()
        return line, relay

    def release(self, relay: SrtRelay) -> None:
        """Nobody wants that front any more."""
        self._forget(relay)
        relay.stop()

    def stop(self) -> None:
        """Release whatever front there is."""
        if relay := self._relay:
            self.release(relay)

    def _forget(self, relay: SrtRelay) -> None:
        with self._lock:
            if self._relay is relay:
                self._relay = None

    def _run(self, relay: SrtRelay, reading: int) -> None:
        relay.run(reading)
        self._forget(relay)
        relay.close()
