"""Multivariant playlists as each site gets them: its own stream token in every address."""

import gzip

from aiohttp import hdrs, web

from flow.ids import ChannelId
from flow.store import StoreReader
from origin.caching import CORS, Kind, content_type
from origin.encodings import accepts_gzip
from origin.gate.gate import Gate
from origin.gate.invitations import Invitations
from origin.gate.moved import moved
from origin.paths import Handler
from origin.requests import channel_of, rendition_of, unknown
from origin.viewers import Viewers

_NEVER = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Vary": "Cookie, Accept-Encoding"}
"""No cache may give one site's addresses to another."""


class SitePlaylists:
    """Handlers for who is known by a site token, in the address or in a cookie."""

    def __init__(self, reader: StoreReader, viewers: Viewers, gate: Gate, invitations: Invitations) -> None:
        self._reader = reader
        self._viewers = viewers
        self._gate = gate
        self._invitations = invitations

    def before(self, handler: Handler, name: str) -> Handler:
        """The handler of `/live/<channel>/<name>.m3u8`, for open channels as ever; for others by the cookie."""
        async def entered(request: web.Request) -> web.StreamResponse:
            channel = channel_of(request)
            if self._gate.is_open(channel):
                return await handler(request)
            # Without CORS: no page of another server's may read what a cookie opens.
            return self._personal(request, channel, name, {})

        return entered

    def by_token(self, name: str) -> Handler:
        """The handler of `/t/<site token>/live/<channel>/<name>.m3u8`."""
        async def answer(request: web.Request) -> web.Response:
            return self._personal(request, channel_of(request), name, CORS)

        return answer

    def sprites_before(self, handler: Handler) -> Handler:
        """The handler of `/live/<channel>/<rendition>/index.vtt`: with a cookie, on to where the pictures are."""
        async def entered(request: web.Request) -> web.StreamResponse:
            channel = channel_of(request)
            if self._gate.is_open(channel):
                return await handler(request)
            folder = self._folder(request, channel)
            return web.Response(status=302, headers={
                **_NEVER, hdrs.LOCATION: f"{folder}{rendition_of(request)}/index.vtt",
            })

        return entered

    def _folder(self, request: web.Request, channel: ChannelId) -> str:
        site = self._invitations.site_of(request)
        if site is None:
            raise unknown()
        if self._gate.is_open(channel):
            return f"/live/{channel}/"
        folder = self._invitations.folder(request, site, channel)
        if folder is None:
            raise unknown()
        return folder

    def _personal(
        self, request: web.Request, channel: ChannelId, name: str, more: dict[str, str],
    ) -> web.Response:
        body = self._reader.multivariant(channel, name)
        folder = self._folder(request, channel)
        if body is None:
            raise unknown()
        content = moved(body.plain.decode(), folder).encode()
        headers = {**_NEVER, **more, "Content-Type": content_type(Kind.MULTIVARIANT)}
        if accepts_gzip(request.headers.get(hdrs.ACCEPT_ENCODING, "")):
            content = gzip.compress(content, 5, mtime=0)
            headers[hdrs.CONTENT_ENCODING] = "gzip"
        self._viewers.answered(0 if request.method == hdrs.METH_HEAD else len(content))
        return web.Response(body=content, headers=headers)
