"""On which days a recurring programme is."""

from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.programmes.recurrence import Recurrence, Step, days
from flow.errors import OperatorError

MONDAY = date(2026, 11, 23)


def test_weeks_are_counted_from_the_first_days_week() -> None:
    twice = Recurrence(step=Step.WEEK, weekdays=(3, 0), number=4)
    assert list(days(twice, date(2026, 11, 24))) == [
        date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 3), date(2026, 12, 7),
    ]
    fortnight = Recurrence(step=Step.WEEK, weekdays=(0,), apart=2, until=date(2026, 12, 21))
    assert list(days(fortnight, MONDAY)) == [MONDAY, date(2026, 12, 7), date(2026, 12, 21)]


def test_months_are_counted_by_weekdays() -> None:
    first = Recurrence(step=Step.MONTH, weekdays=(0,), nth=1, number=3)
    assert list(days(first, MONDAY)) == [date(2026, 12, 7), date(2027, 1, 4), date(2027, 2, 1)]
    last = Recurrence(step=Step.MONTH, weekdays=(4,), nth=-1, number=3)
    assert list(days(last, MONDAY)) == [date(2026, 11, 27), date(2026, 12, 25), date(2027, 1, 29)]
    quarter = Recurrence(step=Step.MONTH, weekdays=(1,), nth=2, apart=3, number=3)
    assert list(days(quarter, date(2026, 11, 1))) == [date(2026, 11, 10), date(2027, 2, 9), date(2027, 5, 11)]
    fifth = Recurrence(step=Step.MONTH, weekdays=(0,), nth=5, number=2)
    assert list(days(fifth, MONDAY)) == [date(2026, 11, 30), date(2027, 3, 29)]


def test_an_exception_counts_and_is_left_out() -> None:
    weekly = Recurrence(step=Step.WEEK, weekdays=(0,), number=3, exceptions=frozenset({date(2026, 11, 30)}))
    assert list(days(weekly, MONDAY)) == [MONDAY, date(2026, 12, 7)]


def test_days_come_when_they_are_asked_for_and_the_calendar_ends() -> None:
    endless = Recurrence(step=Step.WEEK, weekdays=(0,), until=date.max)
    assert list(islice(days(endless, MONDAY), 2)) == [MONDAY, date(2026, 11, 30)]
    assert list(days(endless, date(9999, 12, 20))) == [date(9999, 12, 20), date(9999, 12, 27)]
    assert len(list(days(Recurrence(step=Step.MONTH, weekdays=(0,), nth=5, number=400), date(9999, 1, 1)))) == 4


@pytest.mark.parametrize("words", [
    {"apart": 0}, {"apart": 13}, {"weekdays": ()}, {"weekdays": (7,)}, {"nth": 0}, {"nth": 6}, {"number": 0},
    {"number": 401}, {"number": None},
])
def test_a_series_that_cannot_be_is_refused(words: dict[str, object]) -> None:
    given: dict[str, object] = {"step": Step.WEEK, "weekdays": (0,), "number": 3}
    with pytest.raises(OperatorError):
        Recurrence(**(given | words))  # type: ignore[arg-type]


@given(
    step=st.sampled_from(Step), weekdays=st.sets(st.integers(0, 6), min_size=1), apart=st.integers(1, 12),
    nth=st.sampled_from([-1, 1, 2, 3, 4, 5]), first=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_days_are_in_order_on_their_weekdays_and_never_before_the_first(
    step: Step, weekdays: set[int], apart: int, nth: int, first: date,
) -> None:
    found = list(days(Recurrence(step=step, weekdays=tuple(weekdays), apart=apart, nth=nth, number=12), first))
    assert len(found) == 12
    assert found == sorted(set(found))
    assert found[0] >= first
    assert {day.weekday() for day in found} <= weekdays
