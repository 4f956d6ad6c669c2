"""Which ladder suits a feed here: no rung larger than the picture that comes, no more than the cores carry."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desk.fit import SHARE, biggest
from flow.ladder import Ladder, Rendition

CHOICES = ("conference-1080", "conference-720", "conference-480", "thin", "tiny")
"""What is proposed, the heaviest first."""

_SIZE = re.compile(r"\b(\d{2,5})x(\d{2,5})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`need` of `cores` core-seconds per second; the rungs for which a feed has too few pixels; a ladder that
    suits better, empty for none."""

    need: float
    cores: int
    enlarged: tuple[Rendition, ...]
    better: str

    @property
    def carried(self) -> bool:
        """Whether the machine has room for it, with nothing else on air."""
        return self.need <= self.cores * SHARE


def size_of(streams: Sequence[str]) -> tuple[int, int] | None:
    """Width and height in a probe's words for the picture; None where they have no size, as of a test card."""
    found = _SIZE.search(streams[0]) if streams else None
    return (int(found[1]), int(found[2])) if found else None


def enlarged(ladder: Ladder, size: tuple[int, int] | None) -> tuple[Rendition, ...]:
    """The rungs that are larger than a picture of this size both ways: they show no more than a smaller one."""
    if size is None:
        return ()
    return tuple(rung for rung in ladder.avc if rung.width > size[0] and rung.height > size[1])


def judge(
    ladder: Ladder, size: tuple[int, int] | None, cores: int, cost: Callable[[str], float],
    load: Callable[[str], Ladder], choices: Iterable[str] = CHOICES,
) -> Verdict:
    """Hold a ladder against a picture and a machine; others are looked at, and measured, only where it fails.

    A better one enlarges less. It need not enlarge nothing: for a picture of 640x360 its own size is worth more
    than that nothing is larger.
    """
    need, beyond = cost(ladder.name), enlarged(ladder, size)
    better = ""
    if beyond or need > cores * SHARE:
        most = max(0, len(beyond) - 1)
        suited = (name for name in choices if name != ladder.name and len(enlarged(load(name), size)) <= most)
        better = biggest(suited, cost, cores * SHARE) or ""
    return Verdict(need=need, cores=cores, enlarged=beyond, better=better)
