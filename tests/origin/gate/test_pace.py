"""So many at once, then so many a second."""

from origin.gate import pace
from origin.gate.pace import Pace

SECOND = 1_000_000_000


def test_a_burst_then_the_pace() -> None:
    """T-16."""
    limit = Pace(burst=3, a_second=2)
    assert [limit.allows("a", 0) for _ in range(5)] == [True, True, True, False, False]
    assert limit.allows("b", 0)
    assert limit.allows("a", SECOND // 2)
    assert not limit.allows("a", SECOND // 2)
    assert [limit.allows("a", 60 * SECOND) for _ in range(4)] == [True, True, True, False]


def test_being_refused_costs_nothing() -> None:
    limit = Pace(burst=1, a_second=1)
    assert limit.allows("a", 0)
    assert not any(limit.allows("a", SECOND - 1) for _ in range(100))
    assert limit.allows("a", SECOND)


def test_who_keeps_the_pace_is_forgotten() -> None:
    """It holds no more sites than ask at a time."""
    limit = Pace(burst=1, a_second=1)
    for number in range(3 * pace._SWEEP):
        assert limit.allows(str(number), number * SECOND)
    assert len(limit._next) <= pace._SWEEP
