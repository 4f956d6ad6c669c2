"""All that the text of one media playlist depends on."""

from dataclasses import dataclass, field

from flow.ids import RenditionId
from flow.key_turns import KeyTurns
from flow.names import PartName
from flow.playlist import Edge
from flow.profile import Profile
from packager.grid import skip_units
from packager.marks import Marks
from packager.past import Past
from packager.segment import Part, Segment
from packager.segmenter import OpenSegment
from packager.window import parts_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How far another rendition of the channel reaches."""

    rendition: RenditionId
    edge: Edge


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One rendition as it is listed now: what lies in the `past`, then `segments`, one of them at least in all.
    `next_run` is the run expected next; `text` says that the media are captions, `keys` what they are encrypted
    with; `now` is the headend's clock, by which marks are set, in units since the epoch, None where it is the
    media's."""

    profile: Profile
    segments: tuple[Segment, ...]
    open: OpenSegment | None
    next_run: int
    discontinuity_sequence: int
    reports: tuple[Report, ...] = ()
    text: bool = False
    past: Past = field(default_factory=Past)
    keys: KeyTurns | None = None
    marks: Marks = field(default_factory=Marks)
    now: int | None = None

    @property
    def count(self) -> int:
        """How many complete segments are listed."""
        return len(self.past) + len(self.segments)

    @property
    def first_msn(self) -> int:
        """The first segment."""
        return self.past.first if len(self.past) else self.segments[0].msn

    @property
    def last_msn(self) -> int:
        """The last complete segment."""
        return self.segments[-1].msn if self.segments else self.past.end - 1

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """Parts of the segment that is being made."""
        return self.open.parts if self.open else ()

    @property
    def listed_open_parts(self) -> tuple[Part, ...]:
        """Those of them that are listed: none in profiles without parts."""
        return self.open_parts if self.profile.parts else ()

    @property
    def gaps(self) -> bool:
        """Whether anything that is listed is a gap; a whole segment that is none may have parts that are."""
        return self.past.lost or any(segment.lost for segment in self.segments) or any(
            part.lost for segment in self.segments if self.profile.parts and segment.msn >= self.parts_from
            for part in segment.parts
        ) or any(part.lost for part in self.listed_open_parts)

    @property
    def edge(self) -> Edge:
        """The last part listed; without parts, the last part of the last complete segment."""
        if self.listed_open_parts:
            return Edge(self.last_msn + 1, len(self.open_parts) - 1)
        return Edge(self.last_msn, self.profile.chunks_per_segment - 1)

    @property
    def hint(self) -> PartName | None:
        """The part that comes next, None in profiles without parts."""
        if not self.profile.parts:
            return None
        return PartName(self.last_msn + 1, self.next_run, len(self.open_parts))

    @property
    def frontier(self) -> int:
        """Where all that is listed ends, in units."""
        return (self.last_msn + 1) * self.profile.segment + len(self.open_parts) * self.profile.chunk

    @property
    def parts_from(self) -> int:
        """The first segment that is listed with its parts."""
        return parts_from(self.profile, self.frontier)

    @property
    def recent(self) -> int:
        """From when on marks are new to somebody who asks for an update (RFC 8216bis 6.2.5.1). Where the worker's
        clock is ahead, what is listed is later than any mark can be: the earlier of both counts."""
        present = self.frontier if self.now is None else min(self.now, self.frontier)
        return present - skip_units(self.profile)
