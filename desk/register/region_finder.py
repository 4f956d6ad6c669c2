"""Finds the region that somebody wrote: by code, or by name as people type it."""

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property

from desk.register.folding import core, folded, full, marks
from desk.register.region import Region, RegionId
from desk.register.region_tree import RegionTree
from flow.errors import OperatorError
from flow.nearest import nearest

_SHOWN = 5


class RegionFinder:
    """Over one tree; pure. Names are put in order by the first question, then each question takes microseconds."""

    def __init__(self, tree: RegionTree) -> None:
        self._tree = tree

    @cached_property
    def _named(self) -> dict[str, list[Region]]:
        named: dict[str, list[Region]] = defaultdict(list)
        for one in self._tree:
            named[core(one.name)].append(one)
        return named

    def find(
        self, text: str, *, within: RegionId | None = None, depth: int | None = None, guess: bool = True,
    ) -> Region:
        """The region of that code or name, below `within` and at `depth` where they are given.

        It may be written as on a letter, with what it belongs to behind a comma: “Ba Đình, Hà Nội”.

        Raises OperatorError when there is none, or when several are meant; both name what is near, the first only
        with `guess`, since that takes some milliseconds.
        """
        first, *above = text.split(",")
        for part in reversed(above):
            within = self.find(part, within=within, guess=guess).id
        said = " ".join(first.split())
        if (by_code := self._tree.get(said.lower())) and self._fits(by_code, within, depth):
            return by_code
        # “Tĩnh Túc” begins like a kind (tỉnh), and is none: the words may be the whole name, too.
        keys = {core(said), folded(said)}
        same = [one for key in keys for one in self._named.get(key, ()) if self._fits(one, within, depth)]
        found = _meant(said, same)
        if len(found) == 1:
            return found[0]
        if found:
            raise self._several(said, found)
        raise self._none(said, same, within, self._near(said, within, depth) if guess and not same else None)

    def _fits(self, one: Region, within: RegionId | None, depth: int | None) -> bool:
        if depth is not None and one.depth != depth:
            return False
        return within is None or any(step.id == within for step in self._tree.path(one.id))

    def _several(self, said: str, found: list[Region]) -> OperatorError:
        listed = "; ".join(f"{one.id} {self._tree.address(one.id)}" for one in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        problem = f"“{said[:64]}” may be several regions: {listed}{more}"
        return OperatorError(problem, "Give the code, or the region above it too")

    def _none(
        self, said: str, same: list[Region], within: RegionId | None, near: Region | None,
    ) -> OperatorError:
        near = same[0] if same else near
        there = f" in {self._tree.address(within)}" if within else ""
        problem = f"there is no region “{said[:64]}”{there}"
        guess = f"Did you mean “{near.name}” ({near.id})? " if near else ""
        return OperatorError(problem, f"{guess}`xacast region list --search` finds names and codes")

    def _near(self, said: str, within: RegionId | None, depth: int | None) -> Region | None:
        names = {core(one.name): one for one in self._tree if self._fits(one, within, depth)}
        close = nearest(core(said), names)
        return names[close] if close else None


def _meant(said: str, same: list[Region]) -> list[Region]:
    """Of regions that are the same once folded, those that can be meant: marks that were typed are meant."""
    if any(marks(said)):
        same = [one for one in same if _marks_of(one, one.name) == _marks_of(one, said)]
    return _narrowed(same, lambda one: full(one.name) == full(said))


def _narrowed(found: list[Region], by: Callable[[Region], bool]) -> list[Region]:
    kept = [one for one in found if by(one)]
    return kept or found


def _marks_of(one: Region, text: str) -> list[str]:
    """Without those of the kind in front: who writes “xa Cẩm Giàng” means the marks of the name."""
    return marks(text)[-len(core(one.name).split()):]
