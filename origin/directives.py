"""Delivery directives: what a viewer asks of a media playlist (RFC 8216bis 6.2.5). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from flow.errors import ViewerError
from flow.playlist import Edge, Playlist

_MSN = "_HLS_msn"
_PART = "_HLS_part"
_SKIP = "_HLS_skip"
_DIGITS = 19  # more than any number that a clock grid will reach, and cheap to read

AHEAD = 2
"""How many segments beyond the last complete one may be asked for (RFC 8216bis 6.2.5.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directives:
    """What a request asks for: hold until segment `msn`, or its part `part`; `skip` accepts a delta, `skip_dates`
    one without old date ranges."""

    msn: int | None = None
    part: int | None = None
    skip: bool = False
    skip_dates: bool = False

    @property
    def blocking(self) -> bool:
        """Whether the answer may have to wait."""
        return self.msn is not None


def directives_of(query: Iterable[tuple[str, str]]) -> Directives:
    """The directives among a query's pairs; everything else in it is ignored.

    Raises ViewerError (400) for a part without a segment (a MUST of 6.2.5.2), for anything but 1 to 19 ASCII
    digits, and for a directive given twice with different values. `_HLS_skip` other than YES and v2 asks nothing.
    """
    given: dict[str, str] = {}
    for name, value in query:
        if name in {_MSN, _PART, _SKIP} and given.setdefault(name, value) != value:
            raise ViewerError(400, f"{name} given twice")
    msn = _number(given[_MSN]) if _MSN in given else None
    part = _number(given[_PART]) if _PART in given else None
    if part is not None and msn is None:
        raise ViewerError(400, f"{_PART} without {_MSN}")
    said = given.get(_SKIP)
    return Directives(msn=msn, part=part, skip=said in {"YES", "v2"}, skip_dates=said == "v2")


def edge_of(wanted: Directives, playlist: Playlist) -> Edge | None:
    """The part that is waited for; None when it is a whole segment, or nothing.

    Where a playlist lists no parts, the part asked for is its whole segment.
    """
    if wanted.msn is None or wanted.part is None or not playlist.part_limit:
        return None
    return Edge(wanted.msn, wanted.part)


def satisfied(wanted: Directives, playlist: Playlist) -> bool:
    """Whether `playlist` answers the request (6.2.5.2).

    Edges compare as pairs, so a part beyond the last one of its segment is answered with the first part of the
    next. What is past is satisfied, also when it has left the window. An ended playlist satisfies everything.
    """
    if wanted.msn is None or playlist.ended:
        return True
    edge = edge_of(wanted, playlist)
    return playlist.last_msn >= wanted.msn if edge is None else playlist.edge >= edge


def refuse_too_far(wanted: Directives, playlist: Playlist) -> None:
    """Raise ViewerError (400) for what is further ahead than may be waited for (6.2.5.2).

    More than two segments beyond the last complete one, or more parts beyond the last one than the Advance Part
    Limit. How many parts the current segment will still get is not known here, so into a later segment only that
    segment's own parts are counted: never tighter than the rule, since players do not retry a 400.
    """
    if wanted.msn is None:
        return
    if wanted.msn > playlist.last_msn + AHEAD:
        raise ViewerError(400, "segment too far ahead")
    edge = edge_of(wanted, playlist)
    if edge is None or edge.msn < playlist.edge.msn:
        return
    ahead = edge.part - playlist.edge.part if edge.msn == playlist.edge.msn else edge.part + 1
    if ahead > playlist.part_limit:
        raise ViewerError(400, "part too far ahead")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise ViewerError(400, "a directive is not a number")
    return int(text)
