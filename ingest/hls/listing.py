"""A media playlist of an HLS feed, read into values. No I/O.

Low-latency playlists are read as plain ones (RFC 8216bis 6.3): parts, hints and reports are passed over.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import m3u8

from flow.errors import FeedError

MOST_SEGMENTS = 5_000
_MOST_OF_A_TAG = {"#EXTINF": MOST_SEGMENTS, "#EXT-X-KEY": 100, "#EXT-X-STREAM-INF": 500, "#EXT-X-MEDIA:": 500}
_MOST_LINES = 60_000
_SHORTEST, _LONGEST = 0.8, 20.0
"""Seconds between which a target duration is believed: it sets how often the server is asked."""

_RANGE = re.compile(r"(\d{1,18})(?:@(\d{1,18}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Bytes of a resource (RFC 8216 4.3.2.2)."""

    start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something to fetch: an address, and which bytes of it; None for all."""

    url: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One segment. `init` is what must stand before it; `broken` when it does not join the one before
    (EXT-X-DISCONTINUITY); `gap` when the server has it not (EXT-X-GAP). `time` is its start on the wall clock, in
    seconds since the epoch, when the playlist tells it (EXT-X-PROGRAM-DATE-TIME)."""

    sequence: int
    media: Resource
    init: Resource | None = None
    seconds: float = 0.0
    time: float | None = None
    broken: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One reading: the pieces in order, whether the playlist is over, and its target duration in seconds."""

    pieces: tuple[Piece, ...]
    ended: bool
    target: float


def listing(text: str, url: str) -> Listing:
    """The media playlist `text` that came from `url`; raises FeedError for what cannot be taken."""
    with understood():
        playlist = read(text, url)
        if playlist.is_variant:
            message = "an HLS variant leads to another list of variants"
            raise FeedError(message)
        if any(key and key.method not in (None, "NONE") for key in playlist.keys):
            message = "the HLS feed is encrypted"
            raise FeedError(message)
        target = min(max(float(playlist.target_duration or 2), _SHORTEST), _LONGEST)
        pieces = list(_pieces(playlist))
        return Listing(pieces=tuple(_timed(playlist, pieces)), ended=bool(playlist.is_endlist), target=target)


@contextmanager
def understood() -> Iterator[None]:
    """The parser and the addresses in a playlist fail in many ways; all mean the same to whoever reads status."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        message = "the HLS playlist cannot be read"
        raise FeedError(message) from error


def read(text: str, url: str) -> Any:  # noqa: ANN401 - m3u8 has no types
    """What the parser makes of a playlist; raises FeedError when it is none, or longer than any honest one.

    The counts are taken first: the parser compares each key with every other one.
    """
    if not text.lstrip("\ufeff").startswith("#EXTM3U"):
        message = "the address does not answer with an HLS playlist"
        raise FeedError(message)
    if text.count("\n") > _MOST_LINES or any(text.count(tag) > most for tag, most in _MOST_OF_A_TAG.items()):
        message = "the HLS playlist lists too much"
        raise FeedError(message)
    return m3u8.loads(text, uri=url)


def web(url: str) -> str:
    """Only http and https may be fetched: a playlist may name anything (T-07)."""
    if urlsplit(url).scheme not in ("http", "https"):
        message = "the HLS playlist leads to an address that is not http or https"
        raise FeedError(message)
    return url


def _pieces(playlist: Any) -> Iterator[Piece]:  # noqa: ANN401 - m3u8 has no types
    before: Resource | None = None
    listed = [segment for segment in playlist.segments if segment.uri]  # parts of the next one have no address yet
    for number, segment in enumerate(listed, int(playlist.media_sequence or 0)):
        media = _resource(segment.absolute_uri, segment.byterange, before)
        init = segment.init_section
        yield Piece(
            sequence=number, media=media, seconds=max(0.0, float(segment.duration or 0)),
            init=_resource(init.absolute_uri, init.byterange, None) if init else None,
            broken=bool(segment.discontinuity), gap=bool(segment.gap_tag),
        )
        before = media


def _resource(url: str, text: str | None, before: Resource | None) -> Resource:
    """A range without an offset begins where the one before ends, which must be of the same resource."""
    if not text:
        return Resource(url=web(url))
    found = _RANGE.fullmatch(text.strip().strip('"'))
    if found is None or not int(found[1]):
        message = "the HLS playlist has a byte range that cannot be read"
        raise FeedError(message)
    if found[2] is not None:
        return Resource(url=web(url), span=Span(start=int(found[2]), length=int(found[1])))
    if before is None:
        return Resource(url=web(url), span=Span(start=0, length=int(found[1])))
    if before.url != url or before.span is None:
        message = "the HLS playlist has a byte range that begins nowhere"
        raise FeedError(message)
    return Resource(url=web(url), span=Span(start=before.span.start + before.span.length, length=int(found[1])))


def _timed(playlist: Any, pieces: list[Piece]) -> Iterator[Piece]:  # noqa: ANN401 - m3u8 has no types
    """Each piece with its time: told by its tag, else counted from the piece before, else from the one after."""
    told = [_epoch(segment.program_date_time) for segment in playlist.segments if segment.uri]
    for at in range(1, len(told)):
        ahead = told[at - 1]
        if told[at] is None and ahead is not None:
            told[at] = ahead + pieces[at - 1].seconds
    for at in range(len(told) - 2, -1, -1):
        behind = told[at + 1]
        if told[at] is None and behind is not None:
            told[at] = behind - pieces[at].seconds
    for piece, time in zip(pieces, told, strict=True):
        yield replace(piece, time=time)


def _epoch(time: datetime | None) -> float | None:
    if time is None:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
