"""Series as an operator writes them."""

from datetime import date

import pytest

from desk.programmes.recurrence import Recurrence, Step
from desk.programmes.recurrence_words import recurrence_from, recurrence_text
from flow.errors import OperatorError

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(("every", "step", "apart", "nth", "weekdays"), [
    ("week", Step.WEEK, 1, 1, (1,)), ("2 weeks", Step.WEEK, 2, 1, (1,)), ("mon,thu", Step.WEEK, 1, 1, (0, 3)),
    ("2 weeks on Fri", Step.WEEK, 2, 1, (4,)), ("month", Step.MONTH, 1, 4, (1,)),
    ("last fri", Step.MONTH, 1, -1, (4,)), ("3 months on second tue", Step.MONTH, 3, 2, (1,)),
    ("week mon, wed", Step.WEEK, 1, 1, (0, 2)), ("month on mon", Step.MONTH, 1, 4, (0,)),
])
def test_words_and_series(every: str, step: Step, apart: int, nth: int, weekdays: tuple[int, ...]) -> None:
    made = recurrence_from(every, TUESDAY, number=5)
    assert made == Recurrence(step=step, apart=apart, nth=nth, weekdays=weekdays, number=5)
    assert recurrence_from(recurrence_text(made), TUESDAY, number=5) == made


def test_an_end_and_exceptions_are_dates() -> None:
    made = recurrence_from("week", TUESDAY, until="01/01/2027", exceptions=["2026-12-29"])
    assert (made.until, made.exceptions) == (date(2027, 1, 1), frozenset({date(2026, 12, 29)}))


@pytest.mark.parametrize("every", ["", " ", "day", "first", "2 weeks on first mon", "0 weeks", "mon;tue"])
def test_words_that_say_no_days_are_refused(every: str) -> None:
    with pytest.raises(OperatorError):
        recurrence_from(every, TUESDAY, number=2)
    with pytest.raises(OperatorError):
        recurrence_from("week", TUESDAY, until="tomorrow")
