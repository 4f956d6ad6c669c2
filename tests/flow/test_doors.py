"""Doors are plain calls."""

from flow.doors import PacketSink, TickSink
from flow.tick import SILENCE, Tick


def test_any_function_of_one_value_is_a_door() -> None:
    ticks: list[object] = []
    door: TickSink = ticks.append
    other: PacketSink = ticks.append
    door(Tick(index=1, pictures=(), sounds=(SILENCE,)))
    assert len(ticks) == 1
    assert callable(other)
