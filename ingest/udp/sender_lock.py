"""Whose packets a UDP or RTP feed takes: one sender's, until that one is silent (T-10). No I/O, no clock.

It keeps a second sender from being mixed in, by mistake or to disturb. It proves nothing: addresses can be forged.
"""

from dataclasses import dataclass, replace

SILENT_NS = 1_000_000_000
"""How long the sender must be silent until another one is taken; a feed counts as lost by then."""
ANEW_NS = 300_000_000
"""The same for the same machine: a program that is started again sends from another port, and chooses a new SSRC
(RFC 3550, 8.1)."""
HEARD_NS = 5_000_000_000
"""How long a stranger counts as there after its last packet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """An IP address and a UDP port, and of RTP the source's own number; None for a bare transport stream.

    Two programs of one machine differ by their port, as do two sources that chose the same number (RFC 3550, 8.2).
    """

    address: str
    port: int
    ssrc: int | None = None

    def __str__(self) -> str:
        """As an event names it."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"{host}:{self.port}" + ("" if self.ssrc is None else f", SSRC {self.ssrc:08X}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Another sender is taken than `before`. It `restarted` when the same machine sends a bare transport stream
    from another port, and nothing came from the old one for as long as a stranger must wait: a program that was
    started again. Everything else may be somebody else, another SSRC too."""

    before: Sender
    sender: Sender
    restarted: bool = False

    def __str__(self) -> str:
        """As an event names it."""
        return f"{self.sender}; before: {self.before}"


class SenderLock:
    """Of one socket. `refused` counts packets that were not taken."""

    def __init__(self) -> None:
        self._change: Change | None = None
        self._left = 0
        self.sender: Sender | None = None
        self.refused = 0
        self._heard = 0
        self._suspect: Sender | None = None
        self._stranger: int | None = None

    def admits(self, sender: Sender, now_ns: int) -> bool:
        """Whether a packet that came now from there is the feed's. After a change `sender` is another one."""
        if sender == self.sender:
            self._heard = now_ns
            return True
        same = self.sender is not None and self.sender.address == sender.address
        if self.sender is not None and now_ns - self._heard <= (ANEW_NS if same else SILENT_NS):
            self.refused += 1
            if self._change and sender == self._change.before:  # both are alive
                self._change = replace(self._change, restarted=False)
            if sender == self._suspect:  # one packet may be a damaged one of our own
                self._stranger = now_ns
            self._suspect = sender
            return False
        if self.sender is not None:
            bare = same and sender.ssrc is None and self.sender.ssrc is None
            self._change, self._left = Change(before=self.sender, sender=sender, restarted=bare), self._heard
        self.sender, self._heard = sender, now_ns
        return True

    def changed(self, now_ns: int) -> Change | None:
        """The change of sender, once, as soon as it is known what it is."""
        change = self._change
        if change is None or (change.restarted and now_ns - self._left < SILENT_NS):
            return None
        self._change = None
        return change

    def stranger(self, now_ns: int) -> bool:
        """Whether somebody else sends too, just now."""
        return self._stranger is not None and now_ns - self._stranger <= HEARD_NS
