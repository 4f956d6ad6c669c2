"""The sliding window: the complete segments that a media playlist lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple, Self

from flow.profile import Profile
from packager.grid import skip_units, target_units
from packager.past import Past, Span, spans_of
from packager.segment import Segment

MOST_SPANS = 2_000
"""Of the past, so that an encoder that dies every few seconds for hours costs no memory; then the oldest go."""


class Left(NamedTuple):
    """What moved when the window did: from the newest into the past, and out of the window."""

    settled: tuple[Segment, ...] = ()
    removed: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """At most `limit` segments with consecutive numbers: the newest, at most `live`, in `segments`, oldest first;
    those before them in `past`."""

    limit: int
    live: int
    past: Past = field(default_factory=Past)
    segments: tuple[Segment, ...] = ()

    def __len__(self) -> int:
        return len(self.past) + len(self.segments)

    @property
    def first(self) -> int | None:
        """The number of the oldest segment."""
        if len(self.past):
            return self.past.first
        return self.segments[0].msn if self.segments else None

    @property
    def maps(self) -> set[int]:
        """The runs whose init sections are named, 0 for none."""
        return self.past.maps | {segment.map_run for segment in self.segments}

    def rows(self) -> Iterator[Segment]:
        """Every segment, oldest first."""
        return chain(self.past.rows(), self.segments)

    def append(self, segment: Segment) -> tuple["Window", Left]:
        """The window with one more segment, and the segments that moved for that.

        Raises ValueError when its number is not the next one (RFC 8216bis 6.2.2: no number is left out).
        """
        if self.segments and segment.msn != self.segments[-1].msn + 1:
            message = f"segment {segment.msn} after {self.segments[-1].msn}"
            raise ValueError(message)
        return _settled(replace(self, segments=(*self.segments, segment)))

    def bridged(self, spans: Iterator[Span]) -> tuple["Window", Left]:
        """The window with spans behind it that nobody needs whole; all that was listed is past then."""
        past = self.past.with_spans(chain(spans_of(self.segments), spans))
        grown = _cut(replace(self, past=past, segments=()))
        first = grown.first or 0
        return grown, Left(
            settled=tuple(segment for segment in self.segments if segment.msn >= first),
            removed=tuple(segment for segment in self.segments if segment.msn < first),
        )

    def resized(self, limit: int) -> "Window":
        """The window with another limit; what is too much leaves it."""
        return _settled(replace(self, limit=limit))[0]

    def emptied(self) -> Self:
        """The window without a segment."""
        return replace(self, past=Past(), segments=())

    def from_on(self, first: int) -> Self:
        """The window without what lies before `first`."""
        return replace(
            self, past=self.past.between(first, self.past.end),
            segments=tuple(segment for segment in self.segments if segment.msn >= first),
        )

    def before(self, end: int) -> Self:
        """The window without what lies from `end` on."""
        return replace(
            self, past=self.past.between(self.past.first, end),
            segments=tuple(segment for segment in self.segments if segment.msn < end),
        )

    def find(self, msn: int) -> Segment | None:
        """The segment with this number, or None."""
        if not self.segments or msn < self.segments[0].msn:
            return self.past.find(msn)
        place = msn - self.segments[0].msn
        return self.segments[place] if place < len(self.segments) else None

    def without_bodies(self, missing: set[int]) -> Self:
        """The window with the segments of these numbers as gaps."""
        return replace(self, past=self.past.without_bodies(missing), segments=tuple(
            replace(segment, gone=True) if segment.msn in missing else segment for segment in self.segments
        ))

    def with_map(self, map_run: int) -> Self:
        """The window with an init section for segments that had none (all lost, and not yet shown)."""
        return replace(self, past=self.past.with_map(map_run), segments=tuple(
            segment if segment.map_run else replace(segment, map_run=map_run) for segment in self.segments
        ))


def _settled(window: Window) -> tuple[Window, Left]:
    leaving = window.segments[:max(0, len(window.segments) - min(window.live, window.limit))]
    past = window.past.with_spans(spans_of(leaving))
    moved = _cut(replace(window, past=past, segments=window.segments[len(leaving):]))
    first = moved.first or 0
    settled = tuple(segment for segment in leaving if segment.msn >= first)
    dropped = tuple(window.past.between(window.past.first, first).rows())
    return moved, Left(settled, (*dropped, *leaving[:len(leaving) - len(settled)]))


def _cut(window: Window) -> Window:
    past = window.past
    end = window.segments[-1].msn + 1 if window.segments else past.end
    first = max(end - window.limit, *(span.first for span in past.spans[-MOST_SPANS:][:1]), past.first)
    return replace(window, past=past.between(first, past.end)) if first > past.first else window


def parts_from(profile: Profile, frontier: int) -> int:
    """The first segment whose parts are listed when the playlist ends at `frontier`.

    Parts go once they are more than three target durations from the end (RFC 8216bis 6.2.2), where the hinted
    part is the end. They go with their whole segment, because clients count a part's index from the first
    one listed.
    """
    return -(-(frontier + profile.chunk - 3 * target_units(profile)) // profile.segment)


def skippable(profile: Profile, segments: int) -> int:
    """How many of so many segments a delta update leaves out: those that lie wholly before the skip boundary.

    The boundary is six target durations from the end of the last segment (RFC 8216bis 4.4.3.8, 6.2.5.1).
    """
    kept = -(-skip_units(profile) // profile.segment)
    return max(0, segments - kept)
