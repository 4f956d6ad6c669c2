"""What one SRT front brings, handed to one decoder after the other."""

import logging
import os
from queue import Empty, SimpleQueue
from time import monotonic_ns
from typing import Protocol

from ingest.carrier import Carrier
from ingest.facts import Facts
from ingest.reasons import ANEW, FAILED
from ingest.srt.behind import Behind
from ingest.srt.line import SrtLine
from ingest.srt.reading import Reading
from ingest.udp.continuity import PACKET, pid_of
from ingest.udp.timeline import PCR_SECOND, Timeline

LEAP = 2 * PCR_SECOND
"""A front looks at what comes before it hands it on, all at once then: so far its clock may seem to be ahead."""
TABLES = frozenset({0x0000, 0x0011, 0x1000})
"""Where the front's muxer puts PAT, SDT and PMT, each in one packet."""
_PATIENCE = 20.0
"""Seconds that a front may wait for the next decoder: after that nobody wants it any more."""

_log = logging.getLogger(__name__)


class SrtFront(Carrier, Protocol):
    """What has the network: see `Front`."""

    @property
    def facts(self) -> Facts:
        """What it said of the streams that come in."""
        ...


class SrtRelay:
    """Of one front. Its decoders come one at a time: a line is ended where the sender's clock leaps, and the
    stream goes on in the next one, as it does when a decoder dies: the sender need not call again. `over` says
    that the front has ended."""

    def __init__(self, front: SrtFront, line: SrtLine) -> None:
        self.front = front
        self._line = line
        self._lines = SimpleQueue[SrtLine | None]()
        self._tables = dict[int, bytes]()
        self._behind: Behind | None = None
        self.over = False

    def hand(self, line: SrtLine) -> None:
        """The line of the next decoder."""
        self._lines.put(line)

    def stop(self) -> None:
        """Nobody wants it any more: the port is free at once."""
        self._lines.put(None)
        self.front.stop()

    def run(self, reading: int) -> None:
        """Serve until the sender has left, or nobody reads. What nobody foresaw costs this connection."""
        try:
            if not self._serve(reading):
                self.front.stop()
        except Exception:  # noqa: BLE001 - the feed is retried; the log has the rest
            _log.exception("the receiver of an SRT feed")
            self._line.close(FAILED)
            self.front.stop()
        finally:
            self.over = True
            os.close(reading)

    def close(self) -> None:
        """After `run`, when no more lines can come: whoever has one sees its end."""
        self._line.close()
        while True:
            try:
                line = self._lines.get_nowait()
            except Empty:
                return
            if line:
                line.close()

    def _serve(self, reading: int) -> bool:
        """True when the front has ended, False when nobody reads and no other decoder comes."""
        timeline, rest = Timeline(LEAP), b""
        front = Reading(reading)
        while data := front.next():
            packets, ready = rest + data, bytearray()
            whole = len(packets) // PACKET * PACKET
            for at in range(0, whole, PACKET):
                packet = packets[at:at + PACKET]
                if (pid := pid_of(packet)) in TABLES:
                    self._tables[pid] = packet
                elif timeline.begun_anew(packet, monotonic_ns()):
                    self._line.write(ready)
                    ready, self._behind = bytearray(), Behind(*timeline.leap, pid)
                    if not self._renewed():
                        return False
                if self._behind is None or pid in TABLES or self._behind.belongs(packet):
                    ready += packet
            while not self._line.write(ready):
                if not self._renewed():
                    return False
            rest = packets[whole:]
        return True

    def _renewed(self) -> bool:
        """End the line and wait for the next; False when none comes. What comes meanwhile waits in the front's
        pipe, then in SRT's own buffer. A fresh decoder knows no programme without the tables."""
        self._line.close(ANEW)
        while not self._line.open:
            try:
                line = self._lines.get(timeout=_PATIENCE)
            except Empty:
                return False
            if line is None:
                return False
            self._line = line
            line.write(b"".join(self._tables.values()))  # False where its decoder is dead already
        return True
