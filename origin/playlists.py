"""Playlists: answered at once, or held until what they are asked for is there (RFC 8216bis 6.2.5)."""

from collections.abc import Coroutine
from typing import Any

from aiohttp import hdrs, web

from flow.ids import ChannelId, RenditionId
from flow.playlist import Playlist, Text
from flow.store import StoreReader
from origin.caching import Kind, headers_of
from origin.directives import Directives, directives_of, edge_of, refuse_too_far, satisfied
from origin.encodings import accepts_gzip
from origin.gate.clients import client_of
from origin.gate.gate import SITE
from origin.requests import channel_of, rendition_of, unknown
from origin.validators import none_match_fails
from origin.viewers import Viewers
from origin.waiting_room import WaitingRoom


class Playlists:
    """Handlers of the multivariant and the media playlists of every channel in a store."""

    def __init__(self, reader: StoreReader, viewers: Viewers, room: WaitingRoom) -> None:
        self._reader = reader
        self._viewers = viewers
        self._room = room

    async def multivariant(self, request: web.Request) -> web.Response:
        """`/live/<channel>/index.m3u8`."""
        return self._multivariant(request, "index")

    async def multivariant_for_boxes(self, request: web.Request) -> web.Response:
        """`/live/<channel>/ts.m3u8`."""
        return self._multivariant(request, "ts")

    async def multivariant_of_sound(self, request: web.Request) -> web.Response:
        """`/live/<channel>/audio.m3u8`."""
        return self._multivariant(request, "audio")

    def _multivariant(self, request: web.Request, name: str) -> web.Response:
        body = self._reader.multivariant(channel_of(request), name)
        if body is None:
            raise unknown()
        return self._answer(request, body, Kind.MULTIVARIANT, 0)

    async def media(self, request: web.Request) -> web.Response:
        """`/live/<channel>/<rendition>/index.m3u8`, with delivery directives.

        Raises ViewerError: 404 for what is unknown or closed while waiting, 400 and 503 as
        `origin.directives` and `origin.waiting_room` say.
        """
        channel, rendition = channel_of(request), rendition_of(request)
        playlist: Playlist | None = self._reader.playlist(channel, rendition)
        if playlist is None:
            raise unknown()
        wanted = Directives()
        if request.query_string and not playlist.ended:  # 6.2.5.2: an ended playlist ignores the directives
            wanted = directives_of(request.query.items())
        if not satisfied(wanted, playlist):
            refuse_too_far(wanted, playlist)
            arrival = self._arrival(channel, rendition, wanted, playlist)
            peer = client_of(request)
            playlist = await self._room.hold(arrival, playlist.target_duration, peer, request.get(SITE))
            if playlist is None:
                raise unknown()
        body = playlist.full
        if wanted.skip and playlist.delta is not None and not playlist.ended:
            body = playlist.delta_v2 if wanted.skip_dates and playlist.delta_v2 is not None else playlist.delta
        kind = Kind.BLOCKING_PLAYLIST if wanted.blocking else Kind.PLAYLIST
        return self._answer(request, body, kind, playlist.target_duration)

    async def sprites(self, request: web.Request) -> web.Response:
        """`/live/<channel>/thumbnails/index.vtt`; raises ViewerError (404) for what is unknown."""
        playlist = self._reader.playlist(channel_of(request), rendition_of(request))
        if playlist is None or playlist.sprites is None:
            raise unknown()
        return self._answer(request, playlist.sprites, Kind.SPRITES, playlist.target_duration)

    def _arrival(
        self, channel: ChannelId, rendition: RenditionId, wanted: Directives, playlist: Playlist,
    ) -> Coroutine[Any, Any, Playlist | None]:
        edge = edge_of(wanted, playlist)
        if edge is not None:
            return self._reader.wait_part(channel, rendition, edge)
        return self._reader.wait_segment(channel, rendition, wanted.msn or 0)

    def _answer(self, request: web.Request, body: Text, kind: Kind, target_duration: int) -> web.Response:
        headers = headers_of(kind, target_duration)
        etag = body.etag
        if accepts_gzip(request.headers.get(hdrs.ACCEPT_ENCODING, "")):
            # A strong tag speaks of bytes, so each encoding needs its own (RFC 9110 8.8.3.3).
            content, etag = body.gzipped, f'{etag[:-1]}-gzip"'
            headers[hdrs.CONTENT_ENCODING] = "gzip"
        else:
            content = body.plain
        headers[hdrs.ETAG] = etag
        blocking = kind is Kind.BLOCKING_PLAYLIST
        if not blocking and none_match_fails(request.headers.get(hdrs.IF_NONE_MATCH), etag):
            headers.pop(hdrs.CONTENT_ENCODING, None)
            self._viewers.answered(0)
            return web.Response(status=304, headers=headers)
        self._viewers.answered(0 if request.method == hdrs.METH_HEAD else len(content))
        return web.Response(body=content, headers=headers)
