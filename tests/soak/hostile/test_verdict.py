"""The judgement is right about what it is shown."""

from dataclasses import replace

import pytest

from flow.timebase import GOP
from tests.soak.hostile.verdict import MEMORY, Reading, Weight, returned, stayed, unbroken, went_on

BEGAN = Reading(wall_ns=0, state="slate", pid=7, ticks=100, run=1, encoder_restarts=0)
LATER = replace(BEGAN, wall_ns=4_000_000_000, state="live", ticks=200)
LIGHT = Weight(memory=100_000, threads=20, files=30)


def test_a_channel_that_ticks_on_with_the_same_processes_is_well() -> None:
    assert went_on(BEGAN, LATER) == []


@pytest.mark.parametrize(("change", "said"), [
    ({"state": "lost"}, "the channel is lost"),
    ({"pid": 8}, "the worker is another one"),
    ({"run": 2}, "the encoder is another one"),
    ({"encoder_restarts": 1}, "the encoder is another one"),
    ({"ticks": 160}, "60 ticks in the time of 100"),
    ({"ticks": 240}, "140 ticks in the time of 100"),
])
def test_whatever_did_not_go_on_is_said(change: dict[str, int | str], said: str) -> None:
    assert went_on(BEGAN, replace(LATER, **change)) == [said]  # type: ignore[arg-type]


def test_a_process_that_is_gone_or_another_one_has_died() -> None:
    house = {"headend": 4, "door": 5, "worker of a": 6}
    assert stayed(house, dict(house)) == []
    assert stayed(house, {"headend": 9, "worker of a": 6}) == ["the headend has died", "the door has died"]


def test_what_a_process_keeps_is_said() -> None:
    assert returned({"worker": LIGHT}, {"worker": LIGHT}) == []
    heavy = Weight(memory=LIGHT.memory + MEMORY + 1, threads=40, files=300)
    assert len(returned({"worker": LIGHT}, {"worker": heavy})) == 3


def test_a_viewer_misses_no_segment() -> None:
    assert unbroken(0, [(5, False, False, GOP), (6, False, False, GOP)]) == []
    assert unbroken(5, [(7, False, False, GOP)]) == ["segment 7 follows 5"]
    assert unbroken(5, [(6, True, False, 0)]) == ["segment 6 is GAP"]
    assert unbroken(5, [(6, False, True, GOP)]) == ["a discontinuity at segment 6"]
    assert unbroken(5, [(6, False, False, GOP - 1_920)]) == [f"segment 6 lasts {GOP - 1_920} units, not {GOP}"]
