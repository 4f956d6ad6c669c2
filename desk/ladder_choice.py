"""Which ladder suits a feed here: no rung larger than the picture that comes, no more than the cores carry."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desk.fit import SHARE, biggest
from flow.errors import OperatorError
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


def suited(
    ladder: Ladder, size: tuple[int, int] | None, load: Callable[[str], Ladder],
    choices: Iterable[str] = CHOICES, *, lesser: bool = False,
) -> list[str]:
    """Others for a picture of this size: those that enlarge less, the least first, then the heaviest. One whose
    canvas is smaller than the picture both ways would lose some of it: it is named with `lesser` alone, where the
    machine carries no more. A better one need not enlarge nothing: for a picture of 640x360 its own size is worth
    more than that nothing is larger.
    """
    most = max(0, len(enlarged(ladder, size)) - 1)
    found = []
    for name in choices:
        other = load(name)
        lost = size is not None and other.canvas.width < size[0] and other.canvas.height < size[1]
        if name != ladder.name and len(enlarged(other, size)) <= most and (lesser or not lost):
            found.append((len(enlarged(other, size)), name))
    return [name for _, name in sorted(found, key=lambda one: one[0])]


def remark(ladder: Ladder, received: str, load: Callable[[str], Ladder]) -> str:
    """What is to be said of a feed of which this is received, where some rungs only enlarge it; else empty."""
    size = size_of((received,))
    beyond = enlarged(ladder, size)
    if not beyond:
        return ""
    other = next(iter(suited(ladder, size, load)), "")
    better = f": --ladder {other} suits it better" if other else ""
    return f"smaller than {', '.join(rung.id for rung in beyond)}, which only enlarge it{better}"


def remarks(report: dict[str, Any], load: Callable[[str], Ladder]) -> dict[int, str]:
    """The remarks on a running channel's feeds, by their places; none on those of which nothing came yet."""
    try:
        ladder = load(report["ladder"])
    except OperatorError:  # one that this machine does not know
        return {}
    feeds = (report["worker"]["status"] or {}).get("feeds", [])
    said = ((at, remark(ladder, feed.get("received", ""), load)) for at, feed in enumerate(feeds))
    return {at: words for at, words in said if words}


def judge(
    ladder: Ladder, size: tuple[int, int] | None, cores: int, cost: Callable[[str], float],
    load: Callable[[str], Ladder], choices: Iterable[str] = CHOICES,
) -> Verdict:
    """Hold a ladder against a picture and a machine; others are looked at, and measured, only where it fails."""
    need, beyond = cost(ladder.name), enlarged(ladder, size)
    tight, better = need > cores * SHARE, ""
    if beyond or tight:
        better = biggest(suited(ladder, size, load, choices, lesser=tight), cost, cores * SHARE) or ""
    return Verdict(need=need, cores=cores, enlarged=beyond, better=better)
