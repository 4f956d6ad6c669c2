"""The segment that is being made: parts one after another, until it is complete."""

from dataclasses import dataclass, replace
from typing import Self

from flow.names import PartName
from packager.segment import LOST, Part, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSegment:
    """Parts so far, and the bodies that the whole will be made of.

    Its real parts all come from one run, since runs start on segment boundaries.
    """

    msn: int
    map_run: int
    discontinuity: bool
    parts: tuple[Part, ...] = ()
    bodies: tuple[bytes, ...] = ()

    def with_part(self, run: int, *, independent: bool, body: bytes) -> Self:
        """The segment with one more part."""
        part = Part(index=len(self.parts), run=run, independent=independent)
        return replace(self, parts=(*self.parts, part), bodies=(*self.bodies, body))

    def with_loss(self) -> Self:
        """The segment with its next part lost. Parts already listed stay listed as they were."""
        return replace(self, parts=(*self.parts, Part(index=len(self.parts), run=LOST)))

    def run_at(self, index: int) -> int:
        """The run of one of its parts, LOST for a lost one."""
        return self.parts[index].run

    @property
    def lost(self) -> bool:
        """Whether any part was lost, so that the whole will be a gap."""
        return any(part.lost for part in self.parts)

    @property
    def body(self) -> bytes:
        """The whole segment: its parts, one after another (RFC 8216bis 3.2)."""
        return b"".join(self.bodies)

    @property
    def part_names(self) -> tuple[PartName, ...]:
        """Names of the parts that have bodies."""
        return tuple(PartName(self.msn, part.run, part.index) for part in self.parts if not part.lost)

    def close(self) -> Segment:
        """The complete segment."""
        return Segment(
            msn=self.msn, map_run=self.map_run, discontinuity=self.discontinuity, parts=self.parts,
            run=LOST if self.lost else self.parts[0].run,
            size=sum(len(body) for body in self.bodies),
        )
