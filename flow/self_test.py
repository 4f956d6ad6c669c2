"""What a site found when it tried picture, sound and line before a programme."""

from dataclasses import dataclass
from enum import StrEnum

MOST_KBPS = 10_000_000


class Fault(StrEnum):
    """What is not as it should be: no picture moves, nobody hears the sound, the line is too slow."""

    PICTURE = "picture"
    SOUND = "sound"
    RATE = "rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTest:
    """`picture` is whether it moves, `sound` whether somebody in the hall heard it; `rate_kbps` is what the line
    carried, `need_kbps` what the lightest rendition takes, 0 when the page did not know.

    Raises ValueError for a rate that no line has.
    """

    picture: bool
    sound: bool
    rate_kbps: int
    need_kbps: int

    def __post_init__(self) -> None:
        if not (0 <= self.rate_kbps <= MOST_KBPS and 0 <= self.need_kbps <= MOST_KBPS):
            message = f"a rate is 0 to {MOST_KBPS} kb/s"
            raise ValueError(message)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that is wrong; nothing when the site is ready."""
        found = {
            Fault.PICTURE: not self.picture, Fault.SOUND: not self.sound,
            Fault.RATE: self.rate_kbps < max(1, self.need_kbps),
        }
        return tuple(fault for fault, wrong in found.items() if wrong)
