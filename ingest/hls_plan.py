"""What to fetch of an HLS feed: decided from playlist text alone. No I/O."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import m3u8

from flow.errors import FeedError

FROM_THE_END = 3
"""Segments from the live end where a viewer starts (RFC 8216bis 6.3.3)."""


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
    """One reading of a media playlist: its pieces, whether it is over, and seconds until the next reading."""

    pieces: tuple[Piece, ...]
    ended: bool
    pause: float


def choose(text: str, url: str, height: int) -> Choice | None:
    """The best variant not higher than the canvas, else the lowest; None when `text` is a media playlist."""
    playlist = _read(text, url)
    if not playlist.is_variant:
        return None
    variants = sorted(playlist.playlists, key=_rank)
    if not variants:
        message = "the HLS playlist lists no variants"
        raise FeedError(message)
    fitting = [variant for variant in variants if _height(variant) <= height]
    best = fitting[-1] if fitting else variants[0]
    sound = next((one.absolute_uri for one in best.media if one.type == "AUDIO" and one.uri), None)
    return Choice(picture=_web(best.absolute_uri), sound=_web(sound) if sound else None)


def window(text: str, url: str, after: int | None, last_init: str | None) -> Window:
    """What is new in a media playlist since sequence number `after`; None for the first reading."""
    playlist = _read(text, url)
    if playlist.is_variant:
        message = "an HLS variant leads to another list of variants"
        raise FeedError(message)
    if any(key and key.method not in (None, "NONE") for key in playlist.keys):
        message = "the HLS feed is encrypted"
        raise FeedError(message)
    first = int(playlist.media_sequence or 0)
    numbered = list(enumerate(playlist.segments, first))
    if after is None:
        numbered = numbered if playlist.is_endlist else numbered[-FROM_THE_END:]
    else:
        numbered = [(number, segment) for number, segment in numbered if number > after]
    target = float(playlist.target_duration or 2)
    pieces = tuple(_pieces(numbered, last_init))
    return Window(pieces=pieces, ended=bool(playlist.is_endlist), pause=target if pieces else max(0.2, target / 2))


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


def _read(text: str, url: str) -> Any:  # noqa: ANN401 - m3u8 has no types
    if not text.lstrip("\ufeff").startswith("#EXTM3U"):
        message = "the address does not answer with an HLS playlist"
        raise FeedError(message)
    try:
        return m3u8.loads(text, uri=url)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        message = "the HLS playlist cannot be read"
        raise FeedError(message) from error


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
