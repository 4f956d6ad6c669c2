"""The clock grid's arithmetic is exact."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.timebase import (
    AAC_FRAME,
    GOP,
    SCALE,
    TICK,
    TICKS_PER_GOP,
    boundary_after,
    hours_text,
    micros_text,
    seconds_text,
    units_of_ns,
    utc_text,
)

_UNITS = st.integers(0, 2**53)


def test_the_grid_comes_out_even() -> None:
    assert SCALE % TICK == 0
    assert GOP == TICKS_PER_GOP * TICK == 90 * AAC_FRAME
    assert Fraction(GOP, SCALE) == Fraction(192, 100)


@given(st.integers(0, 2**53 // TICK))
def test_whole_ticks_survive_the_way_through_nanoseconds(ticks: int) -> None:
    assert units_of_ns(ticks * 40_000_000) == ticks * TICK


@given(_UNITS)
def test_printed_seconds_are_the_nearest_there_are(units: int) -> None:
    assert abs(Fraction(seconds_text(units)) - Fraction(units, SCALE)) <= Fraction(1, 200_000)
    assert abs(Fraction(micros_text(units)) - Fraction(units, SCALE)) <= Fraction(1, 2_000_000)


@given(_UNITS, st.sampled_from([TICK, GOP, 2 * GOP]))
def test_a_boundary_is_the_next_one(units: int, length: int) -> None:
    found = boundary_after(units, length)
    assert found % length == 0
    assert units <= found < units + length


@pytest.mark.parametrize(("units", "text"), [
    (0, "1970-01-01T00:00:00.000Z"),
    (GOP, "1970-01-01T00:00:01.920Z"),
    (2**31 * SCALE, "2038-01-19T03:14:08.000Z"),
    (1_795_309_323 * SCALE + TICK, "2026-11-22T01:02:03.040Z"),
])
def test_dates_have_milliseconds_and_a_zone(units: int, text: str) -> None:
    """F-15: the year 2038 is a year like others."""
    assert utc_text(units) == text


def test_durations_have_five_digits() -> None:
    assert seconds_text(30_720) == "0.64000"
    assert seconds_text(1) == "0.00002"


def test_hours_have_as_many_digits_as_they_need() -> None:
    assert [hours_text(units) for units in (0, 1_920, 61 * SCALE, 360_000 * SCALE, 934_000_000 * GOP)] == [
        "00:00:00.000", "00:00:00.040", "00:01:01.000", "100:00:00.000", "498133:20:00.000",
    ]
