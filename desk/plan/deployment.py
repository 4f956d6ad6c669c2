"""What is to be planned for: places, lines, meetings, and what is there already."""

from dataclasses import dataclass

from flow.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sort of line to a place: bit/s, and the share of the places that have it, in 0 to 1."""

    rate: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A rendition with its sound as a line carries it: declared peak and average in bit/s, containers included."""

    name: str
    peak: int
    average: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """Everything that the plan follows from.

    `sites` places in `provinces`, `largest` of them in the largest one, each with so many `screens` that ask for
    a stream of their own; `lines` lead to them. `ladder` by name has `rungs`, the heaviest first, and `sounds`
    renditions of sound; `encode` are core-seconds for a second of it. `channels` are on air at once while every
    place watches one. `meetings` a month last `hours` each; recordings are kept for `months`; `window` is how far
    viewers go back, in seconds. `edges` stand in each province; without any, every place
    asks the centre. `province_line` and `centre_line` are bit/s and `cores` those of the machine at the centre,
    each 0 when nobody says.
    """

    sites: int
    provinces: int
    largest: int
    screens: int
    lines: tuple[Line, ...]
    ladder: str
    rungs: tuple[Rung, ...]
    sounds: int
    profile: Profile
    encode: float
    channels: int
    meetings: float
    hours: float
    months: float
    window: int
    edges: int
    province_line: int
    centre_line: int
    cores: int
