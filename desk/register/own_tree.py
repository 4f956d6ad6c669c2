"""A tree of regions of somebody's own, as rows of a file: a code, the code of what is above, a name. No I/O.

The levels are named from the top: `trung ương/centre`. There are 2 to 4 of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.register.folding import composed, folded
from desk.register.region import DEEPEST, Level, Region, RegionId, region_id
from desk.register.sheet import Row
from flow.errors import OperatorError
from flow.nearest import remedy_for

MOST = 20_000
MOST_NAME = 200
_HEADINGS = {
    "code": ("code", "id", "ma", "ma don vi"),
    "above": ("above", "parent", "ma cap tren", "cap tren", "thuoc"),
    "name": ("name", "ten", "ten don vi"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTree:
    """What a file says: its regions, those above first, and every row that is wrong, as (line, reason)."""

    regions: tuple[Region, ...]
    bad: tuple[tuple[int, str], ...]


def levels_from(words: Sequence[str]) -> tuple[Level, ...]:
    """Levels from the top down, each `vi/en`, or one word for both; raises OperatorError."""
    levels = []
    for word in words:
        vi, _, en = word.partition("/")
        level = Level(vi=composed(vi), en=composed(en) or composed(vi))
        if not (word.isprintable() and 0 < len(level.vi) <= MOST_NAME and len(level.en) <= MOST_NAME):
            problem = f"“{word[:40]}” names no level"
            raise OperatorError(problem, "Write the name in Vietnamese and in English: “tỉnh/province”")
        levels.append(level)
    if not 2 <= len(levels) <= DEEPEST:
        problem = f"{len(levels)} levels are named"
        raise OperatorError(problem, f"A tree has 2 to {DEEPEST}: name each, from the top down")
    return tuple(levels)


def tree_from(rows: Sequence[Row], levels: Sequence[Level]) -> OwnTree:
    """The tree that the rows make, the first of them the heading; raises OperatorError when that means nothing."""
    if len(rows) < 2:
        problem = "the file has no regions"
        raise OperatorError(problem, "Its first row names the columns code, above and name")
    columns = _columns(rows[0][1])
    found: dict[RegionId, tuple[int, RegionId | None, str]] = {}
    bad: list[tuple[int, str]] = []
    for line, cells in rows[1:]:
        try:
            code, above, name = _taken(dict(zip(columns, [*cells, "", "", ""], strict=False)))
            if code in found:
                problem = f"{code} is in line {found[code][0]} already"
                raise OperatorError(problem, "Each code is one region's")  # noqa: TRY301 - told with the others
            found[code] = line, above, name
        except OperatorError as error:
            bad.append((line, str(error)))
    if len(found) > MOST:
        problem = f"the file has more than {MOST} regions"
        raise OperatorError(problem, "Leave the lowest level out")
    regions, wrong = _placed(found, levels)
    return OwnTree(regions=tuple(regions), bad=tuple(sorted([*bad, *wrong])))


def _columns(heading: Sequence[str]) -> list[str]:
    known = {spelling: name for name, spellings in _HEADINGS.items() for spelling in spellings}
    columns = [known.get(folded(text), "") for text in heading]
    for text, name in zip(heading, columns, strict=True):
        if not name:
            problem = f"a column is called “{text[:40]}”"
            raise OperatorError(problem, remedy_for(folded(text), list(_HEADINGS)))
    if sorted(columns) != sorted(_HEADINGS):
        problem = "there is not one column for each of code, above and name"
        raise OperatorError(problem, "Name them so in the first row")
    return columns


def _taken(words: dict[str, str]) -> tuple[RegionId, RegionId | None, str]:
    code = region_id(words["code"].lower())
    above = region_id(words["above"].lower()) if words["above"] else None
    name = composed(words["name"])
    if not (name and name.isprintable() and len(name) <= MOST_NAME and "," not in name):
        problem = f"{code} has no name that can be"
        raise OperatorError(problem, f"Use 1 to {MOST_NAME} letters, without a comma")
    return code, above, name


def _placed(
    found: dict[RegionId, tuple[int, RegionId | None, str]], levels: Sequence[Level],
) -> tuple[list[Region], list[tuple[int, str]]]:
    """Regions by their depths, and what has no place."""
    below: dict[RegionId | None, list[RegionId]] = {}
    for code, (_, above, _) in found.items():
        below.setdefault(above, []).append(code)
    placed: dict[RegionId, Region] = {}
    for depth in range(len(levels)):
        tops: Iterable[RegionId | None] = (
            [one.id for one in placed.values() if one.depth == depth - 1] if depth else [None]
        )
        for top in tops:
            for code in below.get(top, ()):
                placed[code] = Region(id=code, parent=top, depth=depth, name=found[code][2])
    bad = [
        (line, f"{code} has no place: “{above}” is in none of the upper levels. Name what is above it")
        for code, (line, above, _) in found.items() if code not in placed
    ]
    roots = below.get(None, [])
    bad += [(found[code][0], f"{code} is a second one with nothing above it. Name what is above it")
            for code in roots[1:]]
    if not roots:
        bad.append((1, "no region is at the top. Leave “above” empty for the one that is"))
    return list(placed.values()), bad
