"""Series as an operator writes them: `week`, `2 weeks on fri`, `mon,thu`, `month`, `last fri`. No I/O."""

import re
from collections.abc import Iterable
from datetime import date

from desk.programmes.recurrence import Recurrence, Step
from desk.programmes.times import day_first
from flow.errors import OperatorError

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_EVERY = re.compile(
    rf"(?:(?:(?P<apart>[0-9]{{1,2}}) )?(?P<step>week|month)s?)?(?: ?(?:on )?(?P<nth>{'|'.join(_NTH)}))?"
    rf"(?: ?(?:on )?(?P<days>(?:{'|'.join(_DAYS)})(?:,(?:{'|'.join(_DAYS)}))*))?",
)
HELP = "week, “2 weeks”, “mon,thu”, “2 weeks on fri”, month, “last fri”, “3 months on second tue”"


def recurrence_from(
    every: str, first: date, *, until: str = "", number: int | None = None, exceptions: Iterable[str] = (),
) -> Recurrence:
    """The series that begins on `first`; raises OperatorError for words that make none.

    Without weekdays it is the first day's, and in a month its place there: “month” from the second Tuesday on is
    each second Tuesday.
    """
    words = " ".join(every.lower().split()).replace(", ", ",")
    found = _EVERY.fullmatch(words) if words else None
    if found is None or (found["nth"] and (not found["days"] or found["step"] == "week")):
        problem = f"“{every[:40]}” says no days"
        raise OperatorError(problem, f"Write {HELP}")
    weekdays = tuple(_DAYS.index(day) for day in found["days"].split(",")) if found["days"] else (first.weekday(),)
    monthly = found["step"] == "month" or bool(found["nth"])
    nth = _NTH[found["nth"]] if found["nth"] else (first.day - 1) // 7 + 1
    return Recurrence(
        step=Step.MONTH if monthly else Step.WEEK, weekdays=weekdays, apart=int(found["apart"] or 1),
        nth=nth if monthly else 1, until=date_of(until) if until else None, number=number,
        exceptions=frozenset(date_of(day) for day in exceptions),
    )


def recurrence_text(recurrence: Recurrence) -> str:
    """A series in words that `recurrence_from` reads, without its end."""
    named = ",".join(_DAYS[weekday] for weekday in sorted(set(recurrence.weekdays)))
    apart = f"{recurrence.apart} {recurrence.step.value}s" if recurrence.apart > 1 else recurrence.step.value
    if recurrence.step is Step.WEEK:
        return f"{apart} on {named}"
    return f"{apart} on {next(word for word, nth in _NTH.items() if nth == recurrence.nth)} {named}"


def date_of(text: str) -> date:
    """A date as `2026-11-24` or `24/11/2026`; raises OperatorError."""
    try:
        return date.fromisoformat(day_first(text.strip()))
    except ValueError as error:
        problem = f"“{text[:40]}” is no date"
        raise OperatorError(problem, "Write it as 2026-11-24") from error
