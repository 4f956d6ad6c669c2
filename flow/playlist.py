"""Finished playlists, as the packager publishes and the origin serves them."""

import gzip
import hashlib
from dataclasses import dataclass
from typing import NamedTuple, Protocol, Self

from flow.names import PartName


class Edge(NamedTuple):
    """How far a playlist reaches: the last part that it lists. Compares as a pair.

    A playlist without parts, or whose last segment is listed whole, stands at that segment's last part.
    """

    msn: int
    part: int


class Text(Protocol):
    """Text that is sent: plain, gzipped, and the strong ETag of the plain bytes. It may be drawn when it is first
    asked for, and is the same ever after."""

    @property
    def plain(self) -> bytes:
        """As UTF-8."""
        ...

    @property
    def gzipped(self) -> bytes:
        """The same, gzipped."""
        ...

    @property
    def etag(self) -> str:
        """With its quotes."""
        ...


@dataclass(frozen=True, slots=True)
class Body:
    """Text ready to send: plain, gzipped, and the strong ETag of the plain bytes."""

    plain: bytes
    gzipped: bytes
    etag: str

    @classmethod
    def of(cls, text: str) -> Self:
        """`text` as UTF-8. Level 5 with a fixed time stamp: equal text gives equal bytes."""
        plain = text.encode()
        digest = hashlib.blake2b(plain, digest_size=12).hexdigest()
        return cls(plain, gzip.compress(plain, 5, mtime=0), f'"{digest}"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Playlist:
    """One media playlist at one edge.

    `last_msn` is the last complete segment, `edge` the last part listed (or complete segment's last part);
    `part_limit` is the Advance Part Limit (RFC 8216bis 6.2.5.2), 0 without parts; `target_duration` is in
    seconds; `hint` names the part that comes next; `delta` is the answer to `_HLS_skip`, None while nothing
    can be skipped, and `delta_v2` the one that leaves out old date ranges as well. `sprites` says the same of
    thumbnails as WebVTT.
    """

    edge: Edge
    last_msn: int
    part_limit: int
    target_duration: int
    full: Text
    delta: Text | None = None
    delta_v2: Text | None = None
    hint: PartName | None = None
    ended: bool = False
    sprites: Text | None = None
