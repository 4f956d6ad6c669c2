"""Parts and segments as a playlist lists them, without their bodies."""

from dataclasses import dataclass

from flow.names import PartName, SegmentName

LOST = 0
"""The run in the names of lost media; no encoder has it, so such a name never gets a body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a segment: the run that made it, or LOST; `independent` says it starts with an IDR."""

    index: int
    run: int
    independent: bool = False

    @property
    def lost(self) -> bool:
        """Whether it is listed with GAP=YES."""
        return self.run == LOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One complete segment: `run` made it, or LOST when any part of it was.

    `map_run` names its init section (0 while none is known), `discontinuity` says that EXT-X-DISCONTINUITY
    stands before it, `size` is in bytes. `parts` is empty when only the whole is known, after a restart. `gone`
    says that the store lost its body after it was listed: its address stays what it was, since players stop at a
    number whose address has changed (RFC 8216bis 6.3.4), and it becomes a gap.
    """

    msn: int
    run: int
    map_run: int
    discontinuity: bool
    size: int
    parts: tuple[Part, ...] = ()
    gone: bool = False

    @property
    def lost(self) -> bool:
        """Whether EXT-X-GAP stands before it."""
        return self.run == LOST or self.gone

    def run_at(self, index: int) -> int:
        """The run of one of its parts, LOST for a lost one; of the whole when only that is known."""
        return self.parts[index].run if self.parts else self.run

    @property
    def name(self) -> SegmentName:
        """Its name in the store and in playlists."""
        return SegmentName(self.msn, self.run)

    @property
    def part_names(self) -> tuple[PartName, ...]:
        """Names of the parts that have bodies."""
        return tuple(PartName(self.msn, part.run, part.index) for part in self.parts if not part.lost)
