"""What a killed process may do to a viewer's playlist, and whether it did more."""

from dataclasses import dataclass

from tests.conformance.playlist import Playlist


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Segments that may be GAP, and seconds until a new segment must be there."""

    gaps: int
    seconds: float


ALLOWED = {
    "decoder": Allowance(gaps=0, seconds=4.0),
    "encoder": Allowance(gaps=2, seconds=4.0),
    "worker": Allowance(gaps=8, seconds=15.0),
    "headend": Allowance(gaps=0, seconds=15.0),
}


def faults(victim: str, listing: Playlist, since: int, back_after: float) -> list[str]:
    """Sentences on what went wrong; `since` is the segment that was open at the kill, empty when all is well."""
    allowed = ALLOWED[victim]
    hit = [segment for segment in listing.segments if segment.msn >= since - 1]
    gaps = sum(segment.gap for segment in hit)
    found = []
    if gaps > allowed.gaps:
        found.append(f"{gaps} segments are GAP, {allowed.gaps} allowed")
    if any(segment.discontinuity for segment in hit):
        found.append("a discontinuity")
    if back_after > allowed.seconds:
        found.append(f"the next segment came after {back_after:.1f} s, {allowed.seconds:.0f} s allowed")
    return found
