"""What a site's token opens: the addresses of media that are made for it."""

from collections.abc import Callable

from aiohttp import web

from flow.guests import Guests
from flow.ids import ChannelId
from flow.site_token import digest_of

COOKIE = "xacast_site"
"""Holds the site token in a browser."""

Sign = Callable[[str, ChannelId, int], str]
"""The stream token of a site for a channel, until a moment (Unix seconds)."""


class Invitations:
    """Knows sites by their tokens and has addresses for them. For one event loop."""

    def __init__(self, guests: Guests, sign: Sign) -> None:
        self._guests = guests
        self._sign = sign

    def site(self, token: str) -> str | None:
        """The site whose token it is, or None."""
        digest = digest_of(token)
        return self._guests.site_of(digest) if digest is not None else None

    def site_of(self, request: web.Request) -> str | None:
        """The site that asks, known by the token in the address or by its browser's cookie."""
        token = request.match_info.get("site")
        return self.site(token if token is not None else request.cookies.get(COOKIE, ""))

    def may_watch(self, site: str | None, channel: ChannelId) -> bool:
        """Whether the site may watch the channel now."""
        return site is not None and self._guests.watches_until(site, channel) is not None

    def folder(self, site: str | None, channel: ChannelId) -> str | None:
        """Where the channel's media is for this site now: `/s/<stream token>/live/<channel>/`; None when it may
        not watch it."""
        until = self._guests.watches_until(site, channel) if site is not None else None
        if site is None or until is None:
            return None
        return f"/s/{self._sign(site, channel, until)}/live/{channel}/"
