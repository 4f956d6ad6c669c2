"""The official units of Viet Nam, which come with the product; `units/NOTICE` names their source and licence."""

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from desk.register.region import Level, Region, RegionId

CENTRE = RegionId("vn")


class Division(StrEnum):
    """Which division of the country: since July 2025, or the one before."""

    OFFICIAL = "official"
    FORMER = "former"


_LEVELS = {
    Division.OFFICIAL: (
        Level(vi="trung ương", en="centre"), Level(vi="tỉnh", en="province"), Level(vi="xã", en="commune"),
    ),
    Division.FORMER: (
        Level(vi="trung ương", en="centre"), Level(vi="tỉnh", en="province"), Level(vi="huyện", en="district"),
        Level(vi="xã", en="commune"),
    ),
}
_DEPTHS = {
    Division.OFFICIAL: {2: 1, 5: 2},
    Division.FORMER: {2: 1, 3: 2, 5: 3},
}
"""How long the codes of a level are (General Statistics Office)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialUnits:
    """One division: its levels, its regions with parents before children, and what became of each former unit.

    `became` is empty for the division that holds; of several successors the one with the office comes first.
    """

    levels: tuple[Level, ...]
    regions: tuple[Region, ...]
    became: dict[RegionId, tuple[RegionId, ...]]


def official_units(division: Division) -> OfficialUnits:
    """Reads the packaged file: some milliseconds, and nothing is kept."""
    text = (files("desk.register") / "units" / f"{division.value}.tsv").read_text("utf-8")
    regions = [Region(id=CENTRE, parent=None, depth=0, name="Việt Nam")]
    became = {}
    for line in text.splitlines():
        code, above, name, *rest = line.split("\t")
        parent = RegionId(above) if above else CENTRE
        regions.append(Region(id=RegionId(code), parent=parent, depth=_DEPTHS[division][len(code)], name=name))
        if rest and rest[0]:
            became[RegionId(code)] = tuple(RegionId(one) for one in rest[0].split(","))
    return OfficialUnits(levels=_LEVELS[division], regions=tuple(regions), became=became)
