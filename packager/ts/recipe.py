"""What a segment for old boxes is made from: addresses in the store."""

from dataclasses import dataclass
from typing import Protocol

from flow.ids import ChannelId, RenditionId
from flow.store import MediaKey
from packager.seal import Seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The addresses of one piece: a segment of picture and one of sound, each with its init section."""

    picture_init: MediaKey
    picture: MediaKey
    sound_init: MediaKey
    sound: MediaKey

    @property
    def keys(self) -> tuple[MediaKey, ...]:
        """All of them, in this order."""
        return (self.picture_init, self.picture, self.sound_init, self.sound)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A segment from the place `start` on the grid, the size of its pictures, and its pieces in order, None for
    what was lost. `seal` is for a channel that is encrypted: what it is made from is, and so shall it be."""

    start: int
    width: int
    height: int
    sources: tuple[Source | None, ...]
    seal: Seal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutting:
    """The renditions that first pictures are cut out of, and the length of their segments in units; `seal` as in a
    recipe."""

    renditions: frozenset[RenditionId]
    length: int
    seal: Seal | None = None


class Recipes(Protocol):
    """Where the packager leaves recipes, for whoever makes segments when they are asked for."""

    def offer(self, key: MediaKey, recipe: Recipe) -> None:
        """Let a segment be made; the sources stay in the store for as long as it is offered."""
        ...

    def cut(self, channel: ChannelId, cutting: Cutting) -> None:
        """Let a channel's first pictures be cut out of its segments, in this way from now on."""
        ...

    def withdraw(self, key: MediaKey) -> None:
        """Let it be unknown again."""
        ...
