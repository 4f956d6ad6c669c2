"""A carrier for SRT: one decoder's share of a connection, which may outlive it."""

from ingest.carrier import TOGETHER, Carried
from ingest.facts import Facts
from ingest.srt.line import SrtLine
from ingest.srt.relay import SrtRelay
from ingest.srt.tap import SrtTap


class SrtReceiver:
    """It ends when the sender leaves, never answers, or goes on with another clock."""

    apart = TOGETHER

    def __init__(self, tap: SrtTap) -> None:
        self._tap = tap
        self._line: SrtLine | None = None
        self._relay: SrtRelay | None = None
        self._lost = 0
        self._stopped = False

    def start(self) -> list[int]:
        """As `Carrier` says."""
        self._line, self._relay = self._tap.attach()
        self._lost = self._relay.front.carried.lost
        if self._stopped:
            self._tap.release(self._relay)
        return [self._line.reading]

    @property
    def framed(self) -> bool:
        """As `Carrier` says: the front has put pictures and frames together. Opus has a head in a transport stream
        that only FFmpeg's parser takes off."""
        return not any(sound.startswith("opus") for sound in self.facts.audio)

    def stop(self) -> None:
        """As `Carrier` says. The connection stays for the next decoder; who wants none stops the tap."""
        self._stopped = True
        if self._relay is None:
            self._tap.stop()  # what `start` may be about to begin
        elif self._relay.over:
            self._tap.release(self._relay)

    @property
    def trouble(self) -> str:
        """As `Carrier` says."""
        if self._line is None or self._relay is None:
            return ""
        return self._line.trouble or self._relay.front.trouble

    @property
    def facts(self) -> Facts:
        """What the front said of the streams that come in, those included that it does not hand on."""
        return self._relay.front.facts if self._relay else Facts()

    @property
    def carried(self) -> Carried:
        """As `Carrier` says; packets count as lost where the front saw a hole or an error in them."""
        if self._line is None or self._relay is None:
            return Carried()
        return Carried(bytes=self._line.bytes, lost=self._relay.front.carried.lost - self._lost)
