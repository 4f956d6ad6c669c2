"""A carrier for transport streams over UDP and RTP: our own sockets, so senders are told apart and counted."""

from ingest.carrier import TOGETHER, Carried
from ingest.udp.line import UdpLine
from ingest.udp.tap import UdpTap


class UdpReceiver:
    """One connection: it ends when nothing comes for a while, or when the stream goes on with another clock."""

    apart = TOGETHER
    framed = False

    def __init__(self, tap: UdpTap) -> None:
        self._tap = tap
        self._line: UdpLine | None = None
        self._lost = tap.lost
        self._stopped = False

    def start(self) -> list[int]:
        """As `Carrier` says."""
        self._line = line = self._tap.attach()
        if self._stopped:
            self._tap.detach(line)
        return [line.reading]

    def stop(self) -> None:
        """As `Carrier` says. The sockets stay open, for the next one."""
        self._stopped = True
        if self._line:
            self._tap.detach(self._line)

    @property
    def trouble(self) -> str:
        """As `Carrier` says."""
        return self._line.trouble if self._line else ""

    @property
    def carried(self) -> Carried:
        """As `Carrier` says."""
        if self._line is None:
            return Carried()
        return Carried(bytes=self._line.bytes, lost=self._tap.lost - self._lost + self._line.lost)
