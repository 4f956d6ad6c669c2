"""What to fetch of an HLS feed, decided from what its playlists list. No I/O, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flow.errors import FeedError
from ingest.hls.listing import Listing, Piece, read, understood, web

FROM_THE_END = 3
"""Segments from the live end where a viewer starts (RFC 8216bis 6.3.3)."""

TOO_MANY = 4
"""Target durations (or segments, where a server's are longer than it says) that may wait. More means that the
feed's clock runs faster than ours, or that we stood still: the delay would grow for good."""

_STALE = 3
"""Target durations that a playlist whose numbers went back is taken for an old copy from a cache. After that, or
at once when it went back by more than it lists, the server has begun anew."""

_LEAP = 5_000
"""Numbers that no outage loses: a leap beyond is a server that counts anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A sound with a playlist of its own: its number among all, its address, and its language as told there. A
    `spare` one is not the one that is wanted most."""

    number: int
    url: str
    language: str = ""
    spare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Media playlists to follow: the picture's (often with sound), and those of sounds that come apart."""

    picture: str
    sounds: tuple[Sound, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where we are in a media playlist: the number that was passed last (None before the first), and whether what
    comes next does not join what was written."""

    last: int | None = None
    broken: bool = False

    def past(self, piece: Piece, *, written: bool) -> "Spot":
        """After `piece`, which was written or left out."""
        return Spot(last=piece.sequence, broken=not written and self.meets_break(piece))

    def meets_break(self, piece: Piece) -> bool:
        """Whether `piece`, which is next, does not join what was written before."""
        return self.broken or piece.broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one reading asks for: the pieces to fetch, from `spot` on; segments that are `lost`; and seconds from
    one reading to the next (RFC 8216bis 6.3.4: the target duration, half of it when nothing was new).

    `ahead` when segments are lost because the feed is faster than whoever reads, not because time went by.
    """

    pieces: tuple[Piece, ...]
    spot: Spot
    lost: int
    pause: float
    ahead: bool = False


def choose(text: str, url: str, height: int, sounds: Sequence[int] = (1,)) -> Choice | None:
    """The best variant not higher than the canvas, else the lowest; None when `text` is a media playlist.

    Of sounds that come apart those of these numbers are taken, counted from the default one, which is the first;
    one without an address comes with the picture (RFC 8216bis 4.4.6.2.1).
    """
    with understood():
        playlist = read(text, url)
        if not playlist.is_variant:
            return None
        variants = sorted(playlist.playlists, key=_rank)
        if not variants:
            message = "the HLS playlist lists no variants"
            raise FeedError(message)
        fitting = [variant for variant in variants if _height(variant) <= height]
        best = fitting[-1] if fitting else variants[0]
        return Choice(picture=web(best.absolute_uri), sounds=_apart(best, sounds))


def step(
    found: Listing, spot: Spot, *, join: Piece | None = None, idle: float = 0.0, held: float = 0.0,
) -> Step:
    """What to fetch after a reading. `idle` is how long nothing was new, `held` what was fetched and waits to be
    read, both in seconds.

    The first reading of a live playlist begins at `join`, the picture's first piece, so that picture and sound
    which come apart begin at the same place; else FROM_THE_END.
    """
    pieces = found.pieces
    if spot.last is not None and pieces and _anew(pieces, spot.last, found.target, idle):
        pieces, spot = pieces[-FROM_THE_END:], Spot(last=pieces[-FROM_THE_END:][0].sequence - 1, broken=True)
    if spot.last is None:
        pieces = pieces if found.ended else pieces[_begin(found, join):]
        begin = Spot(last=pieces[0].sequence - 1, broken=spot.broken) if pieces else spot
        return Step(pieces=pieces, spot=begin, lost=0, pause=_pause(pieces, found))
    new = tuple(piece for piece in pieces if piece.sequence > spot.last)
    lost = new[0].sequence - spot.last - 1 if new else 0
    left: tuple[Piece, ...] = ()
    if not found.ended and _too_many(new, held, found.target):
        left, new = new[:-FROM_THE_END], new[-FROM_THE_END:]
    if new:
        spot = Spot(last=new[0].sequence - 1, broken=spot.broken or any(piece.broken for piece in left))
    return Step(
        pieces=new, spot=spot, lost=lost + len(left), pause=_pause(new, found),
        ahead=bool(left) and idle < found.target,
    )


def _pause(pieces: tuple[Piece, ...], found: Listing) -> float:
    return found.target if pieces else found.target / 2


def _too_many(listed: tuple[Piece, ...], held: float, target: float) -> bool:
    longest = max((piece.seconds for piece in listed), default=0.0)
    return held + sum(piece.seconds for piece in listed) > TOO_MANY * max(target, longest)


def _anew(pieces: tuple[Piece, ...], last: int, target: float, idle: float) -> bool:
    """Whether the numbers are no longer those that were followed."""
    if pieces[0].sequence > last + _LEAP:
        return True
    behind = last - pieces[-1].sequence
    return behind > len(pieces) or (behind > 0 and idle >= _STALE * target)


def _begin(found: Listing, join: Piece | None) -> int:
    """Index of the piece to begin with: by the wall clock when both playlists tell it, else by number."""
    pieces = found.pieces
    if join is not None and join.time is not None and pieces and all(piece.time is not None for piece in pieces):
        away = [abs((piece.time or 0.0) - join.time) for piece in pieces]
        nearest = min(range(len(pieces)), key=away.__getitem__)
        if away[nearest] <= found.target:
            return nearest
    if join is not None:
        same = [at for at, piece in enumerate(pieces) if piece.sequence == join.sequence]
        if same:
            return same[0]
    return max(0, len(pieces) - FROM_THE_END)


def _apart(variant: Any, numbers: Sequence[int]) -> tuple[Sound, ...]:  # noqa: ANN401 - m3u8 has no types
    """Those sounds of the numbers that come apart."""
    listed = [one for one in variant.media if one.type == "AUDIO"]
    listed.sort(key=lambda one: one.default != "YES")
    there = {number: listed[number - 1] for number in numbers if number <= len(listed)}
    return tuple(
        Sound(
            number=number, url=web(str(one.absolute_uri)), language=str(one.language or ""), spare=at > 0,
        )
        for at, (number, one) in enumerate(there.items()) if one.uri
    )


def _height(variant: Any) -> int:  # noqa: ANN401 - m3u8 has no types
    resolution = variant.stream_info.resolution
    return int(resolution[1]) if resolution else 0


def _rank(variant: Any) -> tuple[int, int]:  # noqa: ANN401 - m3u8 has no types
    return _height(variant), int(variant.stream_info.bandwidth or 0)
