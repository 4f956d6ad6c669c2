"""Makes segments for old boxes, once, first pictures and sheets of thumbnails, from what the store has, when
somebody asks for them."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Coroutine

from flow.errors import MediaError
from flow.ids import ChannelId, RenditionId
from flow.ladder import of_iframes
from flow.names import SegmentName, TsName
from flow.playlist import Body, Edge, Playlist
from flow.store import MediaKey, StoreReader
from packager.iframes.gallery import picture_at
from packager.seal import Seal
from packager.thumbnails.sheet import is_sheet, sheet_at
from packager.ts.piece import Piece, contents_of
from packager.ts.recipe import Cutting, Recipe, Source
from packager.ts.segment import LENGTH, segment_of

_log = logging.getLogger(__name__)


class Remuxer:
    """The reading half of a store (flow.store) that has transport streams, first pictures and sheets of thumbnails
    too, and the place for their recipes.

    Making one for every rendition all the time would cost little time, but the disk and the memory of everything
    twice, for boxes that are perhaps not there; so it is made for the first who asks. Segments made last are kept,
    `room` bytes of them: all the boxes of a channel ask for the same few. For one event loop.
    """

    def __init__(self, reader: StoreReader, *, room: int = 32 << 20) -> None:
        self._reader = reader
        self._room = room
        self._recipes: dict[MediaKey, Recipe] = {}
        self._cuttings: dict[ChannelId, Cutting] = {}
        self._made: OrderedDict[MediaKey, bytes] = OrderedDict()
        self._kept = 0
        self._making: dict[MediaKey, asyncio.Task[bytes | None]] = {}

    def offer(self, key: MediaKey, recipe: Recipe) -> None:
        """Let a segment be made."""
        self._recipes[key] = recipe

    def cut(self, channel: ChannelId, cutting: Cutting) -> None:
        """As in Recipes."""
        self._cuttings[channel] = cutting

    def withdraw(self, key: MediaKey) -> None:
        """Let it be unknown again."""
        self._recipes.pop(key, None)
        self._kept -= len(self._made.pop(key, b""))

    def channels(self) -> tuple[ChannelId, ...]:
        """As in flow.store."""
        return self._reader.channels()

    def multivariant(self, channel: ChannelId, name: str = "index") -> Body | None:
        """As in flow.store."""
        return self._reader.multivariant(channel, name)

    def playlist(self, channel: ChannelId, rendition: RenditionId) -> Playlist | None:
        """As in flow.store."""
        return self._reader.playlist(channel, rendition)

    async def wait_part(self, channel: ChannelId, rendition: RenditionId, edge: Edge) -> Playlist | None:
        """As in flow.store."""
        return await self._reader.wait_part(channel, rendition, edge)

    async def wait_segment(self, channel: ChannelId, rendition: RenditionId, msn: int) -> Playlist | None:
        """As in flow.store."""
        return await self._reader.wait_segment(channel, rendition, msn)

    async def body(self, key: MediaKey) -> bytes | None:
        """The store's bytes, or those of a segment made of them now; None for what is unknown or cannot be."""
        rendition = of_iframes(key.rendition)
        if rendition is None and not isinstance(key.name, TsName) and not is_sheet(key):
            return await self._reader.body(key)
        if (made := self._made.get(key)) is not None:
            self._made.move_to_end(key)
            return made
        task = self._making.get(key)
        if task is None:
            work = self._work(key, rendition)
            if work is None:
                return None
            task = self._making[key] = asyncio.create_task(work)
            task.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(task)  # one viewer who goes away ends it for nobody else

    def _work(self, key: MediaKey, rendition: RenditionId | None) -> Coroutine[None, None, bytes | None] | None:
        """What has to be done for it; None for what is unknown. `rendition` is the one whose pictures are asked
        for."""
        if is_sheet(key):
            return self._join(key)
        if rendition is None:
            return self._make(key, self._recipes[key]) if key in self._recipes else None
        cutting = self._cuttings.get(key.channel)
        return self._cut(key, rendition, cutting) if cutting and rendition in cutting.renditions else None

    async def _cut(self, key: MediaKey, rendition: RenditionId, cutting: Cutting) -> bytes | None:
        body = await picture_at(key, rendition, cutting, self._reader.body)
        if body is not None:
            self._keep(key, body)
        return body

    async def _join(self, key: MediaKey) -> bytes | None:
        body = await sheet_at(key, self._reader.body)
        if body is not None:
            self._keep(key, body)
        return body

    async def _make(self, key: MediaKey, recipe: Recipe) -> bytes | None:
        pieces: list[Piece | None] = []
        for at, source in enumerate(recipe.sources):
            place = recipe.start + at * LENGTH // len(recipe.sources)
            piece = await self._piece(source, place, recipe.seal) if source else None
            if source and piece is None:
                _log.warning("%s/%s/%s: what it is made from is gone", key.channel, key.rendition, key.name)
                return None
            pieces.append(piece)
        try:
            body = segment_of(contents_of(recipe.start, pieces, recipe.width, recipe.height))
            if recipe.seal is not None:
                body = recipe.seal.close(recipe.start, recipe.start // LENGTH, body)
        except MediaError as error:
            _log.error("%s/%s/%s cannot be made: %s", key.channel, key.rendition, key.name, error)
            return None
        if key in self._recipes:  # else it was withdrawn meanwhile
            self._keep(key, body)
        return body

    async def _piece(self, source: Source, place: int, seal: Seal | None) -> Piece | None:
        """The media at one place; None when any of it is gone, or the key to it."""
        found = [body for key in source.keys if (body := await self._reader.body(key)) is not None]
        if len(found) < len(source.keys):
            return None
        if seal is not None:
            try:
                found = [_opened(seal, key, place, body) for key, body in zip(source.keys, found, strict=True)]
            except (KeyError, ValueError):
                return None
        picture_init, picture, sound_init, sound = found
        return Piece(picture_init=picture_init, picture=picture, sound_init=sound_init, sound=sound)

    def _keep(self, key: MediaKey, body: bytes) -> None:
        self._made[key] = body
        self._kept += len(body)
        while self._kept > self._room:
            self._kept -= len(self._made.popitem(last=False)[1])


def _opened(seal: Seal, key: MediaKey, place: int, body: bytes) -> bytes:
    return seal.open(place, key.name.msn, body) if isinstance(key.name, SegmentName) else body
