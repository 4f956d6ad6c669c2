"""Init sections, parts and segments: whole, or one range of them."""

import gzip

from aiohttp import hdrs, web

from flow.errors import ViewerError
from flow.ladder import is_captions
from flow.names import InitName, MediaName, PartName, SegmentName, TsName
from flow.playlist import Edge, Playlist
from flow.store import MediaKey, StoreReader
from origin.caching import Kind, headers_of
from origin.directives import AHEAD
from origin.encodings import accepts_gzip
from origin.gate.clients import client_of
from origin.gate.gate import SINCE, SITE
from origin.past import is_before
from origin.ranges import range_of
from origin.requests import channel_of, name_of, rendition_of, unknown
from origin.validators import none_match_fails, range_applies
from origin.viewers import Viewers
from origin.waiting_room import WaitingRoom

_TARGET_DURATION = 2  # seconds; the shortest there is, for media whose channel has no playlist any more


class Bodies:
    """Handler of the media of every channel in a store."""

    def __init__(self, reader: StoreReader, viewers: Viewers, room: WaitingRoom) -> None:
        self._reader = reader
        self._viewers = viewers
        self._room = room

    async def media(self, request: web.Request) -> web.Response:
        """`/live/<channel>/<rendition>/<name>`.

        The part that a playlist hints at is held until it is there: no byte is sent before the whole part can be
        (RFC 8216bis 6.2.6). Raises ViewerError: 404 for what is unknown, or when something else has taken the
        hinted part's place; 503 for what may still come, and as `origin.waiting_room` says.
        """
        key = MediaKey(channel_of(request), rendition_of(request), name_of(request))
        playlist = self._reader.playlist(key.channel, key.rendition)
        target_duration = playlist.target_duration if playlist is not None else _TARGET_DURATION
        if is_before(request.get(SINCE, 0), key.rendition, key.name, target_duration):
            raise unknown()
        # The hint first, the body after: a part that arrives in between must not be taken for unknown.
        if isinstance(key.name, PartName) and playlist is not None and playlist.hint == key.name:
            edge = Edge(key.name.msn, key.name.part)
            arrival = self._reader.wait_part(key.channel, key.rendition, edge)
            await self._room.hold(arrival, target_duration, client_of(request), request.get(SITE))
        body = await self._reader.body(key)
        if body is None:
            raise self._missing(key)
        return self._answer(request, key, body, target_duration)

    def _missing(self, key: MediaKey) -> ViewerError:
        playlist = self._reader.playlist(key.channel, key.rendition)
        if playlist is not None and may_come(key.name, playlist):
            return ViewerError(503, "not here yet")
        return unknown()

    def _answer(self, request: web.Request, key: MediaKey, body: bytes, target_duration: int) -> web.Response:
        etag = f'"{key.name}"'  # a name never has two contents
        headers = headers_of(_kind_of(key.name), target_duration, key.rendition)
        asked = request.headers
        if is_captions(key.rendition) and accepts_gzip(asked.get(hdrs.ACCEPT_ENCODING, "")):
            body, etag = gzip.compress(body, mtime=0), f'{etag[:-1]}-gzip"'
            headers[hdrs.CONTENT_ENCODING] = "gzip"
        headers[hdrs.ETAG] = etag
        status = 200
        if none_match_fails(asked.get(hdrs.IF_NONE_MATCH), etag):
            status, body = 304, b""
            headers.pop(hdrs.CONTENT_ENCODING, None)
        elif request.method == hdrs.METH_GET and range_applies(asked.get(hdrs.IF_RANGE), etag):
            positions = range_of(asked.get(hdrs.RANGE), len(body))
            if positions is not None and not positions:
                headers[hdrs.CONTENT_RANGE] = f"bytes */{len(body)}"
                headers[hdrs.CACHE_CONTROL] = "no-store"
                status, body = 416, b""
            elif positions is not None:
                headers[hdrs.CONTENT_RANGE] = f"bytes {positions.start}-{positions.stop - 1}/{len(body)}"
                status, body = 206, body[positions.start:positions.stop]
        self._viewers.answered(0 if request.method == hdrs.METH_HEAD else len(body))
        return web.Response(status=status, body=body, headers=headers)


def may_come(name: MediaName, playlist: Playlist) -> bool:
    """Whether a body that is not there may be sent soon: it lies beyond the edge, two segments at most.

    So it is after a restart of the headend, when a viewer has seen parts that are still to be sent again; players
    come back after a 503, and never after a 404. A worker's newer run has the higher number; of two workers one
    has the even numbers and the other the odd ones, and the media of either may be listed next.
    """
    if isinstance(name, InitName) or playlist.ended:
        return False
    if not playlist.last_msn < name.msn <= playlist.last_msn + AHEAD:
        return False
    if isinstance(name, PartName) and Edge(name.msn, name.part) <= playlist.edge:
        return False  # something else is listed there
    hint = playlist.hint
    return hint is None or name.run >= hint.run or (hint.run - name.run) % 2 == 1


def _kind_of(name: MediaName) -> Kind:
    match name:
        case InitName():
            return Kind.INIT
        case SegmentName():
            return Kind.SEGMENT
        case PartName():
            return Kind.PART
        case TsName():
            return Kind.TS
