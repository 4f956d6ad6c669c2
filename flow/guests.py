"""Who is invited to watch what: asked by the origin, answered by the desk from memory."""

from enum import StrEnum
from typing import Protocol

from flow.ids import ChannelId


class Guests(Protocol):
    """The sites that have a token, and what each may watch just now. Calls return at once, from memory."""

    @property
    def mark(self) -> int:
        """Another one whenever anybody may have been shut out, or let in, but by time."""
        ...

    def site_of(self, digest: bytes) -> str | None:
        """The site that has the token of this digest (`flow.site_token`); None for none, or one shut out."""
        ...

    def watches_until(self, site: str, channel: ChannelId) -> int | None:
        """Until when the site may watch the channel, in Unix seconds, a margin for running over included; None
        when it may not watch it now, which is also the answer for a channel that does not exist."""
        ...

    def stays(self, site: str, channel: ChannelId) -> bool:
        """Whether a site that was let in to a channel may go on: no longer when it is excluded, or when what it
        was invited to was cancelled or has been over for longer than the margin."""
        ...

    def admits(self, site: str, address: str | None) -> bool:
        """Whether the site may come from this address."""
        ...

    def devices(self, site: str) -> int:
        """How many of the site's devices may watch at once."""
        ...


class Turned(StrEnum):
    """Why somebody who has a good token was turned away."""

    ELSEWHERE = "elsewhere"
    CROWDED = "crowded"


class Told(Protocol):
    """Hears of it, for the operator; returns at once."""

    def __call__(self, why: Turned, site: str, channel: str, address: str | None) -> None:
        """`channel` is empty where none was asked for."""
        ...


class Busy(Exception):  # noqa: N818 - it is no fault of anybody's
    """Codes are tried too often, or cannot be looked up just now: to be tried again."""


class Codes(Protocol):
    """What somebody typed in a hall, exchanged once for what its browser is known by."""

    async def redeem(self, text: str, address: str | None) -> str | None:
        """The site token for a code, None for what is none; raises Busy."""
        ...
