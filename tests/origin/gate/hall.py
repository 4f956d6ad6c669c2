"""One hall that is invited to one channel."""

from flow.ids import ChannelId
from flow.site_token import digest_of

TOKEN = "t" * 43
HALL = "xa-00123"
UNTIL = 1000


class OneHall:
    """Satisfies `flow.guests.Guests`."""

    def __init__(self, channel: str = "hop", until: int = UNTIL) -> None:
        self.channel = channel
        self.until = until

    def site_of(self, digest: bytes) -> str | None:
        return HALL if digest == digest_of(TOKEN) else None

    def watches_until(self, site: str, channel: ChannelId) -> int | None:
        return self.until if (site, channel) == (HALL, self.channel) else None
