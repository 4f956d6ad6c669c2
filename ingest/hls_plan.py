"""What to fetch of an HLS feed: decided from playlist text alone. No I/O."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import m3u8

from flow.errors import FeedError

FROM_THE_END = 3
"""Segments from the live end where a viewer starts (RFC 8216bis 6.3.3)."""

_SHORTEST, _LONGEST = 0.8, 20.0
"""Seconds between which a target duration is believed: it sets how often the server is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Media playlists to follow: the picture's (often with sound), and the sound's when it comes apart."""

    picture: str
    sound: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing to fetch: a segment, and the init section that must go before it (None when it went already)."""

    sequence: int
    url: str
    init: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One reading of a media playlist: its pieces, whether it is over, and seconds from one reading to the next
    (RFC 8216bis 6.3.4: the target duration, half of it when nothing was new)."""

    pieces: tuple[Piece, ...]
    ended: bool
    pause: float


def choose(text: str, url: str, height: int) -> Choice | None:
    """The best variant not higher than the canvas, else the lowest; None when `text` is a media playlist."""
    with _understood():
        playlist = _read(text, url)
        if not playlist.is_variant:
            return None
        variants = sorted(playlist.playlists, key=_rank)
        if not variants:
            message = "the HLS playlist lists no variants"
            raise FeedError(message)
        fitting = [variant for variant in variants if _height(variant) <= height]
        best = fitting[-1] if fitting else variants[0]
        sound = _sound(best)
        return Choice(picture=_web(best.absolute_uri), sound=_web(sound) if sound else None)


def window(text: str, url: str, after: int | None, last_init: str | None, *, join: int | None = None) -> Window:
    """What is new in a media playlist since sequence number `after`; None for the first reading.

    The first reading of a live playlist begins at `join` when that number is listed, so that picture and sound
    which come apart begin at the same place; else FROM_THE_END.
    """
    with _understood():
        playlist = _read(text, url)
        if playlist.is_variant:
            message = "an HLS variant leads to another list of variants"
            raise FeedError(message)
        if any(key and key.method not in (None, "NONE") for key in playlist.keys):
            message = "the HLS feed is encrypted"
            raise FeedError(message)
        ended = bool(playlist.is_endlist)
        numbered = list(enumerate(playlist.segments, int(playlist.media_sequence or 0)))
        if after is None and not ended:
            after = _live_start(numbered, join) - 1
        new = [(number, segment) for number, segment in numbered if after is None or number > after]
        pieces = tuple(_pieces(new, last_init))
        target = min(max(float(playlist.target_duration or 2), _SHORTEST), _LONGEST)
        return Window(pieces=pieces, ended=ended, pause=target if pieces else target / 2)


def _live_start(numbered: list[tuple[int, Any]], join: int | None) -> int:
    numbers = [number for number, _ in numbered[-FROM_THE_END:]]
    if join is not None and any(number == join for number, _ in numbered):
        return join
    return numbers[0] if numbers else 0


def _sound(variant: Any) -> str | None:  # noqa: ANN401 - m3u8 has no types
    """The sound that comes apart: the group's default, else its first; None when it comes with the picture."""
    apart = [one for one in variant.media if one.type == "AUDIO"]
    apart.sort(key=lambda one: one.default != "YES")
    return apart[0].absolute_uri if apart and apart[0].uri else None


def _pieces(numbered: list[tuple[int, Any]], last_init: str | None) -> list[Piece]:
    pieces = []
    for number, segment in numbered:
        if segment.byterange:
            message = "the HLS feed uses byte ranges, which are not supported"
            raise FeedError(message)
        if segment.gap_tag:
            continue
        init = _web(segment.init_section.absolute_uri) if segment.init_section else None
        new_init = None if init == last_init else init
        pieces.append(Piece(sequence=number, url=_web(segment.absolute_uri), init=new_init))
        last_init = init
    return pieces


@contextmanager
def _understood() -> Iterator[None]:
    """The parser and the addresses in a playlist fail in many ways; all mean the same to whoever reads status."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        message = "the HLS playlist cannot be read"
        raise FeedError(message) from error


def _read(text: str, url: str) -> Any:  # noqa: ANN401 - m3u8 has no types
    if not text.lstrip("\ufeff").startswith("#EXTM3U"):
        message = "the address does not answer with an HLS playlist"
        raise FeedError(message)
    return m3u8.loads(text, uri=url)


def _height(variant: Any) -> int:  # noqa: ANN401 - m3u8 has no types
    resolution = variant.stream_info.resolution
    return int(resolution[1]) if resolution else 0


def _rank(variant: Any) -> tuple[int, int]:  # noqa: ANN401 - m3u8 has no types
    return _height(variant), int(variant.stream_info.bandwidth or 0)


def _web(url: str) -> str:
    """Only http and https may be fetched: a playlist may name anything (T-07)."""
    if urlsplit(url).scheme not in ("http", "https"):
        message = "the HLS playlist leads to an address that is not http or https"
        raise FeedError(message)
    return url
