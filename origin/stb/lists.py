"""Lists and guides for set-top boxes: each site gets its own, and nobody hears of what is not for him."""

import asyncio
import gzip
import re
import time
from collections.abc import Callable, Sequence
from datetime import tzinfo

from aiohttp import hdrs, web

from flow.errors import ViewerError
from flow.ids import ChannelId
from flow.listing import Item, Listed
from origin.caching import CORS
from origin.gate.invitations import Invitations
from origin.gate.pace import Pace
from origin.paths import Table
from origin.requests import unknown
from origin.stb import m3u, xmltv

Channels = Callable[[web.Request], Sequence[tuple[ChannelId, str]]]
"""The channels that who asks may watch now, with their titles."""
Items = Callable[[str], Sequence[Item]]
"""The programmes that a site is invited to, now and in the days to come."""

BURST = 32
A_SECOND = 4
"""Guides that a site may ask for: at once, and then each second."""
_HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Vary": "Cookie"}


class Lists:
    """Handlers of `/stb/…`, and of the same below `/t/<site token>`. All is answered from memory."""

    def __init__(
        self, invitations: Invitations, channels: Channels, items: Items, zone: tzinfo, public: str = "",
    ) -> None:
        """`channels` and `items` are asked with each request and return at once; guides are on `zone`'s clock.

        `public` is where lists send boxes, such as `https://hop.example.vn`; empty for where they asked.
        """
        self._public = public
        self._invitations = invitations
        self._channels = channels
        self._items = items
        self._zone = zone
        self._pace = Pace(burst=BURST, a_second=A_SECOND)

    def table(self) -> Table:
        """All addresses that there are."""
        named = {
            "/stb/channels.m3u": self.channels, "/stb/guide.xml": self.guide, "/stb/guide.xml.gz": self.guide_gz,
        }
        return {**named, **{f"/t/{{site}}{path}": handler for path, handler in named.items()}}

    async def channels(self, request: web.Request) -> web.Response:
        """What may be watched now, as M3U."""
        self._site(request)
        text = m3u.channel_list(self._listed(request), base=self._base(request))
        return self._answer(request, text.encode(), m3u.TYPE)

    async def guide(self, request: web.Request) -> web.Response:
        """What is on and what comes, as XMLTV."""
        return self._answer(request, await self._guide(request), xmltv.TYPE)

    async def guide_gz(self, request: web.Request) -> web.Response:
        """The same as a gzip file."""
        packed = await asyncio.to_thread(gzip.compress, await self._guide(request), 5, mtime=0)
        return self._answer(request, packed, "application/gzip")

    async def _guide(self, request: web.Request) -> bytes:
        site = self._site(request)
        if site is not None and not self._pace.allows(site, time.monotonic_ns()):
            raise ViewerError(503, "too many guides")
        items = list(self._items(site)) if site is not None else []
        listed = self._listed(request)
        known = {one.channel for one in listed}
        # A channel that is not on yet is named by its programmes.
        coming = dict.fromkeys(item.channel for item in items if item.channel not in known)
        listed += [Listed(channel=name, title=name) for name in coming]
        text = await asyncio.to_thread(xmltv.guide, listed, items, self._zone)
        return text.encode()

    def _listed(self, request: web.Request) -> list[Listed]:
        return [Listed(channel=name, title=title) for name, title in self._channels(request)]

    def _base(self, request: web.Request) -> str:
        """What addresses begin with; raises ViewerError (400) for a box that says no host, where one is needed."""
        token = request.match_info.get("site")
        return (self._public or _asked(request)) + (f"/t/{token}" if token is not None else "")

    def _site(self, request: web.Request) -> str | None:
        """Who asks; raises ViewerError (404) for a token that is nobody's."""
        site = self._invitations.site_of(request)
        if site is None and "site" in request.match_info:
            raise unknown()
        return site

    def _answer(self, request: web.Request, body: bytes, kind: str) -> web.Response:
        headers = {**_HEADERS, hdrs.CONTENT_TYPE: kind}
        if "site" in request.match_info:
            headers |= CORS  # no cookie opened it
        return web.Response(body=body, headers=headers)


def _asked(request: web.Request) -> str:
    """Where the box reaches us, as it says itself; raises ViewerError (400) for what is no host."""
    host = request.headers.get(hdrs.HOST, "")
    if not _HOST.fullmatch(host):
        raise ViewerError(400, "no host")
    secure = request.secure or request.headers.get("X-Forwarded-Proto") == "https"
    return f"{'https' if secure else 'http'}://{host}"
