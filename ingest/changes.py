"""When the programme and its feeds became what they are."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Self

from ingest.switching.switching import Show, Switching


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """`since_ns`: from when on it shows what it shows, 0 before the first tick; `feeds_ns`: from when on each feed
    is as fit as it is. Both in nanoseconds of the wall clock."""

    since_ns: int = 0
    feeds_ns: tuple[int, ...]

    def after(self, before: Switching, now: Switching, wall_ns: int) -> Self:
        """After a tick that began at `wall_ns`."""
        feeds = list(self.feeds_ns)
        for at, (old, new) in enumerate(zip_longest(before.health, now.health)):
            if old is None or old.fitness is not new.fitness:
                feeds[at] = wall_ns
        stays = self.since_ns and _place(before) == _place(now)
        return type(self)(since_ns=self.since_ns if stays else wall_ns, feeds_ns=tuple(feeds))


def _place(state: Switching) -> int | None:
    """The feed on air, None for the slate: a picture held for a moment is still its feed's."""
    return None if state.show is Show.SLATE else state.feed
