"""On which days a recurring programme is: every so many weeks or months, on weekdays. Pure, and counted in dates.

The time of day stays the same on the clock of the place, whatever that clock does; dates have no zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count, islice

from flow.errors import OperatorError

MOST = 400
"""Programmes of one series."""
MOST_APART = 12
_WEEK = 7
_BARREN = 60
"""Steps without a day after which there will be none: some months have no fifth Monday, every year has one."""


class Step(StrEnum):
    """What it is counted in."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """Every `apart`-th week on `weekdays` (0 is Monday), or every `apart`-th month on the `nth` of each of them.

    `nth` counts from 1, and -1 is the month's last. It ends after `until`, which counts, or after `number` times,
    exceptions included; at least one of them is said. `exceptions` are days on which it is not.
    """

    step: Step
    weekdays: tuple[int, ...]
    apart: int = 1
    nth: int = 1
    until: date | None = None
    number: int | None = None
    exceptions: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        for fits, key, allowed in (
            (1 <= self.apart <= MOST_APART, "distance", f"every 1 to {MOST_APART} weeks or months"),
            (bool(self.weekdays) and set(self.weekdays) <= set(range(_WEEK)), "weekdays", "mon to sun"),
            (self.nth in {-1, 1, 2, 3, 4, 5}, "place in the month", "first to fifth, or last"),
            (self.until is not None or self.number is not None, "end", "--until DATE or --count NUMBER"),
            (self.number is None or 1 <= self.number <= MOST, "count", f"1 to {MOST}"),
        ):
            if not fits:
                problem = f"the {key} of a series cannot be that"
                raise OperatorError(problem, f"Use {allowed}")


def days(recurrence: Recurrence, first: date) -> Iterator[date]:
    """The days from `first` on, one after another, each when it is asked for; `first` itself when it fits."""
    found = islice(_all(recurrence, first), recurrence.number)
    for day in found:
        if recurrence.until is not None and day > recurrence.until:
            return
        if day not in recurrence.exceptions:
            yield day


def _all(recurrence: Recurrence, first: date) -> Iterator[date]:
    """As if it had neither end nor exceptions; the calendar's last year ends it."""
    barren = 0
    for at in count():
        try:
            step = _week(recurrence, first, at) if recurrence.step is Step.WEEK else _month(recurrence, first, at)
        except (OverflowError, ValueError):
            return
        barren = 0 if step else barren + 1
        if barren > _BARREN:
            return
        yield from (day for day in step if day >= first)


def _week(recurrence: Recurrence, first: date, at: int) -> list[date]:
    monday = first - timedelta(days=first.weekday()) + timedelta(weeks=at * recurrence.apart)
    return [monday + timedelta(days=weekday) for weekday in sorted(set(recurrence.weekdays))]


def _month(recurrence: Recurrence, first: date, at: int) -> list[date]:
    months = first.year * 12 + first.month - 1 + at * recurrence.apart
    begin = date(months // 12, months % 12 + 1, 1)
    after = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    found = []
    for weekday in set(recurrence.weekdays):
        if recurrence.nth == -1:
            last = after - timedelta(days=1)
            found.append(last - timedelta(days=(last.weekday() - weekday) % _WEEK))
            continue
        day = begin + timedelta(days=(weekday - begin.weekday()) % _WEEK, weeks=recurrence.nth - 1)
        if day < after:
            found.append(day)
    return sorted(found)
