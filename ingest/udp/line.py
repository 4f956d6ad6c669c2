"""One connection of a UDP feed: a pipe to one decoder. A full pipe loses packets, as the network would."""

import os

from ingest.pipes import wide_pipe
from ingest.udp.continuity import PACKET

_ATOMIC = 4_096 // PACKET * PACKET
"""A write of no more than PIPE_BUF goes into a pipe whole or not at all (POSIX)."""


class UdpLine:
    """Not safe for threads: whoever writes also closes."""

    def __init__(self) -> None:
        self.reading, self._writing = wide_pipe()
        os.set_blocking(self._writing, False)
        self._open = True
        self.bytes = self.lost = 0
        self.trouble = ""

    def write(self, packets: bytes) -> bool:
        """Hand packets on; False when nobody reads any more."""
        for at in range(0, len(packets) if self._open else 0, _ATOMIC):
            try:
                self.bytes += os.write(self._writing, packets[at:at + _ATOMIC])
            except BlockingIOError:
                self.lost += 1
            except BrokenPipeError:
                self.close()
        return self._open

    def close(self, trouble: str = "") -> None:
        """No more comes; the reader sees the end."""
        if self._open:
            self._open = False
            self.trouble = trouble
            os.close(self._writing)
