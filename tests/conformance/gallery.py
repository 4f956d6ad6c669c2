"""Looks at a channel's thumbnails as a player's seek bar does."""

from collections.abc import Awaitable, Callable

from tests.conformance.answer import Answer
from tests.conformance.image_rules import CUE, LISTS
from tests.conformance.recording import Gallery


class GalleryVisitor:
    """Asks for both lists and for the images that are new in them; for nothing while the channel names none."""

    def __init__(self, get: Callable[[str], Awaitable[Answer]]) -> None:
        self._get = get
        self._folder = ""
        self.galleries: list[Gallery] = []
        self.images: dict[str, Answer] = {}

    async def visit(self) -> None:
        """Once more."""
        if not self._folder:
            named = LISTS.search((await self._get("index.m3u8")).text)
            if named is None:
                return
            self._folder = named[1].rpartition("/")[0]
        listing = await self._get(f"{self._folder}/index.m3u8")
        gallery = Gallery(listing=listing, sprites=await self._get(f"{self._folder}/index.vtt"))
        if (await self._get(f"{self._folder}/index.m3u8")).body != listing.body:  # a new image came in between
            return
        self.galleries.append(gallery)
        listed = [segment.uri for segment in gallery.listing.playlist.segments if not segment.gap]
        for uri in [*listed, *(cue[7] for cue in CUE.finditer(gallery.sprites.text))]:
            path = f"{self._folder}/{uri}"
            if path not in self.images:
                self.images[path] = await self._get(path)
