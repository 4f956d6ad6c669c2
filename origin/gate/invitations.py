"""What a site's token opens: the addresses of media that are made for it."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256

from aiohttp import hdrs, web

from flow.guests import Guests
from flow.ids import ChannelId
from flow.site_token import digest_of
from flow.stream_token import is_device
from origin.gate.clients import client_of
from origin.gate.gate import Gate
from origin.peers import peer_of

COOKIE = "xacast_site"
"""Holds the site token in a browser."""
DEVICE = "xacast_device"
"""Tells a browser from the others of its site."""

Sign = Callable[[str, ChannelId, int, str], str]
"""The stream token of a site for a channel, until a moment (Unix seconds), for one of its devices."""


class Invitations:
    """Knows sites by their tokens and has addresses for them. For one event loop."""

    def __init__(self, guests: Guests, sign: Sign, gate: Gate) -> None:
        self._guests = guests
        self._sign = sign
        self._gate = gate

    def site_of(self, request: web.Request) -> str | None:
        """The site that asks, known by the token in the address or by its browser's cookie; None from where it may
        not be."""
        site = self._known(request)
        if site is None or not self._gate.admits(request, site, request.match_info.get("channel", "")):
            return None
        return site

    def elsewhere(self, request: web.Request) -> bool:
        """Whether a site asks, known by its token, from where it may not be: who has no token hears nothing of it.
        """
        site = self._known(request)
        return site is not None and not self._guests.admits(site, client_of(request))

    def _known(self, request: web.Request) -> str | None:
        token = request.match_info.get("site")
        digest = digest_of(token if token is not None else request.cookies.get(COOKIE, ""))
        return self._guests.site_of(digest) if digest is not None else None

    def may_watch(self, site: str | None, channel: ChannelId) -> bool:
        """Whether the site may watch the channel now."""
        return site is not None and self._guests.watches_until(site, channel) is not None

    def folder(self, request: web.Request, site: str, channel: ChannelId) -> str | None:
        """Where the channel's media is for this device of the site now: `/s/<stream token>/live/<channel>/`; None
        when the site may not watch it. Raises ViewerError (403) when all its places are taken."""
        until = self._guests.watches_until(site, channel)
        if until is None:
            return None
        device = device_of(request, site)
        self._gate.seat(request, site, channel, device)
        return f"/s/{self._sign(site, channel, until, device)}/live/{channel}/"


def device_of(request: web.Request, site: str) -> str:
    """Which of the site's devices asks: a browser by its cookie, a box by its address and what it calls itself, so
    that it is the same one when it begins anew."""
    known = request.cookies.get(DEVICE, "") if "site" not in request.match_info else ""
    if is_device(known):
        return known
    words = (site, peer_of(client_of(request)) or "", request.headers.get(hdrs.USER_AGENT, ""))
    return urlsafe_b64encode(sha256("\0".join(words).encode()).digest()[:9]).decode("ascii")
