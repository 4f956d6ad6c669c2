"""Does a ladder fit this machine? Costs are core-seconds for each second of programme."""

from collections.abc import Callable, Iterable

from flow.errors import OperatorError

SHARE = 0.9
"""Of the cores: decoders, the headend and the rest of the machine need something too."""
DEMO_LADDERS = ("conference-720", "conference-480", "thin", "tiny")
"""What a demonstration may choose from, the heaviest first."""


def biggest(names: Iterable[str], cost: Callable[[str], float], budget: float) -> str | None:
    """The first of `names` whose cost is within `budget`; the rest is never measured."""
    return next((name for name in names if cost(name) <= budget), None)


def check_room(
    *, ladder: str, need: float, used: float, cores: int, smaller: Iterable[str], cost: Callable[[str], float],
) -> None:
    """Raises OperatorError when `need` more does not fit beside `used`; names the first of `smaller` that does."""
    room = cores * SHARE - used
    if need <= room:
        return
    other = biggest(smaller, cost, room)
    problem = f"ladder {ladder} needs {need:.1f} cores, and {max(room, 0):.1f} of {cores} are free"
    remedy = f"Take --ladder {other}, which fits" if other else "Stop another channel"
    raise OperatorError(problem, f"{remedy}, or insist with --force")
