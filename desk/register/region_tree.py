"""All regions at once, with who stands above and below whom."""

from collections.abc import Iterable, Iterator

from desk.register.region import DEEPEST, Level, Region, RegionId
from flow.errors import OperatorError


class RegionTree:
    """Pure: made from values, never changed. Raises OperatorError when they are no tree of 2 to 4 levels."""

    def __init__(self, levels: Iterable[Level], regions: Iterable[Region]) -> None:
        self.levels = tuple(levels)
        self._regions = {one.id: one for one in regions}
        if self._regions and not 2 <= len(self.levels) <= DEEPEST:
            problem = f"the tree of regions has {len(self.levels)} levels"
            raise OperatorError(problem, f"It may have 2 to {DEEPEST}")
        self._below: dict[RegionId, list[Region]] = {}
        for one in self._regions.values():
            self._place(one)

    def _place(self, one: Region) -> None:
        above = self._regions.get(one.parent) if one.parent is not None else None
        fits = one.depth == 0 if one.parent is None else above is not None and above.depth == one.depth - 1
        if not fits or one.depth >= len(self.levels):
            problem = f"region {one.id} ({one.name}) has no place in the tree"
            raise OperatorError(problem, "Give it a parent that stands one level above it")
        if one.parent is not None:
            self._below.setdefault(one.parent, []).append(one)

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions.values())

    def __len__(self) -> int:
        return len(self._regions)

    def __contains__(self, region: object) -> bool:
        return region in self._regions

    def get(self, region: str) -> Region | None:
        """The region of that id, or None."""
        return self._regions.get(RegionId(region))

    def below(self, region: RegionId) -> tuple[Region, ...]:
        """The regions right below, in the order they came."""
        return tuple(self._below.get(region, ()))

    def path(self, region: RegionId) -> tuple[Region, ...]:
        """From the centre down to the region itself."""
        steps = []
        one: Region | None = self._regions[region]
        while one is not None:
            steps.append(one)
            one = self._regions[one.parent] if one.parent is not None else None
        return tuple(reversed(steps))

    def within(self, region: RegionId) -> frozenset[RegionId]:
        """The region and everything below it."""
        found, waiting = {region}, [region]
        while waiting:
            lower = [one.id for one in self._below.get(waiting.pop(), ())]
            found.update(lower)
            waiting.extend(lower)
        return frozenset(found)

    def address(self, region: RegionId) -> str:
        """As a letter is addressed: “Phường Ba Đình, Thành phố Hà Nội”; the centre is left out below itself."""
        names = [one.name for one in self.path(region)]
        return ", ".join(reversed(names[1:] or names))
