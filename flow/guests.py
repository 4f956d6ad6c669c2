"""Who is invited to watch what: asked by the origin, answered by the desk from memory."""

from typing import Protocol

from flow.ids import ChannelId


class Guests(Protocol):
    """The sites that have a token, and what each may watch just now. Calls return at once, from memory."""

    def site_of(self, digest: bytes) -> str | None:
        """The site that has the token of this digest (`flow.site_token`); None for none, or one shut out."""
        ...

    def watches_until(self, site: str, channel: ChannelId) -> int | None:
        """Until when the site may watch the channel, in Unix seconds, a margin for running over included; None
        when it may not watch it now, which is also the answer for a channel that does not exist."""
        ...
