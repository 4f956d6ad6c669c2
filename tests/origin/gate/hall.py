"""One hall that is invited to one channel."""

from collections.abc import Callable

from flow.guests import Guests
from flow.ids import ChannelId
from flow.site_token import digest_of
from origin.gate.gate import Gate
from origin.gate.stream_tokens import StreamTokens
from tests.origin.gate.tokens import NOW, public

TOKEN = "t" * 43
HALL = "xa-00123"
UNTIL = 1000


def gate_for(guests: Guests, is_open: Callable[[ChannelId], bool] = lambda _: False) -> Gate:
    """A gate that knows the test's key."""
    keys = public()
    return Gate(is_open=is_open, tokens=StreamTokens(lambda: keys, now=lambda: NOW), guests=guests)


class OneHall:
    """Satisfies `flow.guests.Guests`."""

    def __init__(self, channel: str = "hop", until: int = UNTIL) -> None:
        self.channel = channel
        self.until = until
        self.out: set[str] = set()
        self.elsewhere: set[str | None] = set()
        self.most = 4

    @property
    def mark(self) -> int:
        return hash((frozenset(self.out), frozenset(self.elsewhere), self.most))

    def site_of(self, digest: bytes) -> str | None:
        return HALL if digest == digest_of(TOKEN) else None

    def watches_until(self, site: str, channel: ChannelId) -> int | None:
        return self.until if (site, channel) == (HALL, self.channel) else None

    def stays(self, site: str, channel: ChannelId) -> bool:
        return site not in self.out

    def admits(self, site: str, address: str | None) -> bool:
        return address not in self.elsewhere

    def devices(self, site: str) -> int:
        return self.most
