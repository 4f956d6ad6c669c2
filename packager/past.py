"""What a playlist lists beyond its newest segments: runs of like segments, a few numbers each.

So a window of twelve hours costs as much memory as one of an hour: what counts is how often the encoder began
anew.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Self

from packager.segment import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """`count` segments from `first` on, alike in all that a playlist says of them.

    `run`, `map_run` and `gone` as in Segment; `discontinuity` says that the tag stands before the first.
    """

    first: int
    count: int
    run: int
    map_run: int
    discontinuity: bool = False
    gone: bool = False

    @property
    def end(self) -> int:
        """The number after its last."""
        return self.first + self.count

    def row(self, msn: int) -> Segment:
        """One of its segments. Sizes are not kept."""
        return Segment(
            msn=msn, run=self.run, map_run=self.map_run, gone=self.gone, size=0,
            discontinuity=self.discontinuity and msn == self.first,
        )

    def between(self, first: int, end: int) -> Self:
        """What of it lies from `first` to before `end`; at least one segment must."""
        start = max(first, self.first)
        return replace(
            self, first=start, count=min(end, self.end) - start,
            discontinuity=self.discontinuity and start == self.first,
        )

    def continues(self, before: Self) -> bool:
        """Whether it can be one with the span before it."""
        return not self.discontinuity and (self.run, self.map_run, self.gone) == (
            before.run, before.map_run, before.gone,
        )


@dataclass(frozen=True, slots=True)
class Past:
    """Spans with consecutive numbers, oldest first."""

    spans: tuple[Span, ...] = ()

    def __len__(self) -> int:
        return self.end - self.first

    @property
    def first(self) -> int:
        """The oldest segment; 0 when there is none."""
        return self.spans[0].first if self.spans else 0

    @property
    def end(self) -> int:
        """The number after the newest; 0 when there is none."""
        return self.spans[-1].end if self.spans else 0

    @property
    def lost(self) -> bool:
        """Whether any segment is a gap."""
        return any(span.row(span.first).lost for span in self.spans)

    @property
    def maps(self) -> set[int]:
        """The runs whose init sections are named."""
        return {span.map_run for span in self.spans}

    def find(self, msn: int) -> Segment | None:
        """The segment with this number, or None."""
        if not self.first <= msn < self.end:
            return None
        return self.spans[bisect_right(self.spans, msn, key=lambda span: span.first) - 1].row(msn)

    def rows(self) -> Iterator[Segment]:
        """Every segment."""
        return (span.row(msn) for span in self.spans for msn in range(span.first, span.end))

    def between(self, first: int, end: int) -> Self:
        """The segments from `first` to before `end`."""
        start = max(0, bisect_right(self.spans, first, key=lambda span: span.first) - 1)
        stop = bisect_right(self.spans, end - 1, key=lambda span: span.first)
        return type(self)(tuple(
            span.between(first, end) for span in self.spans[start:stop] if span.end > first and span.first < end
        ))

    def with_spans(self, spans: Iterable[Span]) -> Self:
        """With more spans behind; raises ValueError when a number is left out (RFC 8216bis 6.2.2)."""
        made = list(self.spans)
        for span in spans:
            if made and span.first != made[-1].end:
                message = f"segment {span.first} after {made[-1].end - 1}"
                raise ValueError(message)
            if made and span.continues(made[-1]):
                made[-1] = replace(made[-1], count=made[-1].count + span.count)
            else:
                made.append(span)
        return type(self)(tuple(made))

    def without_bodies(self, missing: Iterable[int]) -> Self:
        """With the segments of these numbers marked as gone; numbers that are not listed are left aside."""
        found = self
        for first, end in _ranges(missing):
            inside = found.between(first, end)
            marked = [replace(span, gone=True) for span in inside.spans]
            before, after = found.between(found.first, first), found.between(end, found.end)
            found = type(self)().with_spans([*before.spans, *marked, *after.spans]) if marked else found
        return found

    def with_map(self, map_run: int) -> Self:
        """With an init section for those that had none."""
        spans = (replace(span, map_run=span.map_run or map_run) for span in self.spans)
        return type(self)().with_spans(spans)


def spans_of(segments: Iterable[Segment]) -> Iterator[Span]:
    """Each segment as a span; joined where they are put behind each other."""
    return (
        Span(
            first=segment.msn, count=1, run=segment.run, map_run=segment.map_run, gone=segment.gone,
            discontinuity=segment.discontinuity,
        )
        for segment in segments
    )


def broken_at(span: Span, breaks: Iterable[int]) -> Iterator[Span]:
    """The span cut where EXT-X-DISCONTINUITY stands before a segment of it."""
    places = sorted({span.first, span.end, *(msn for msn in breaks if span.first <= msn < span.end)})
    marked = set(breaks)
    for first, end in pairwise(places):
        yield replace(span, first=first, count=end - first, discontinuity=first in marked)


def _ranges(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, group in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in group]
        yield found[0], found[-1] + 1
