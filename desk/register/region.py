"""A region: a node of the administrative tree, whose levels are data."""

from dataclasses import dataclass
from typing import NewType

from flow.errors import OperatorError
from flow.ids import is_id

RegionId = NewType("RegionId", str)

DEEPEST = 4
"""Levels of a tree, the centre included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What the regions of one level are called: “tỉnh”, “province”."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One place of the tree. `depth` is 0 at the centre, which alone has no parent; `name` has its kind in it."""

    id: RegionId
    parent: RegionId | None
    depth: int
    name: str


def region_id(text: str) -> RegionId:
    """`text` as a region's id; raises OperatorError when it is none."""
    if not is_id(text):
        problem = f"“{text[:64]}” cannot be a region's code"
        raise OperatorError(problem, "Use a-z, 0-9 and -, at most 64; `xacast region list` shows the codes")
    return RegionId(text)
