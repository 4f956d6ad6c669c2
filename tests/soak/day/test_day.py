"""A few seconds around the ends of counters; `make soak WHAT=day` flies through whole days."""

from dataclasses import replace
from pathlib import Path

import pytest

from flow.profile import PROFILES, ProfileName
from flow.timebase import SCALE
from tests.recorded.builder import EPOCH, recorded_chunks
from tests.soak.day.__main__ import WRAP, Plan, fly, plans
from tests.soak.day.passage import Passage, day_channel
from tests.soak.day.stamped import Stamped

AROUND = 12 * SCALE


@pytest.mark.parametrize(("profile", "end"), [
    (ProfileName.LOW, 20 * WRAP), (ProfileName.CLASSIC, 21 * WRAP),
    (ProfileName.ULTRA, 2**31 * PROFILES[ProfileName.ULTRA].segment),
    (ProfileName.CLASSIC, 2**32 * PROFILES[ProfileName.CLASSIC].segment), (ProfileName.LOW, 2**31 * SCALE),
], ids=["33 bits", "33 bits classic", "number 2^31", "number 2^32", "year 2038"])
def test_the_end_of_a_counter_is_passed_unnoticed(profile: ProfileName, end: int) -> None:
    """F-14, F-15: no tick is lost, and sound and picture lie apart by not one 90,000th more."""
    line = fly(Plan(name="end", start=end - AROUND, length=2 * AROUND, profile=profile))
    assert line["wrong"] == []
    assert line["looked_into"] >= 6
    assert line["apart"] == [0]


def test_stamped_chunks_are_the_recorded_ones() -> None:
    channel = day_channel()
    worker = Stamped(channel)
    for place in range(EPOCH, EPOCH + 4 * channel.profile.segment, channel.profile.chunk):
        assert tuple(worker.chunks(place)) == recorded_chunks(channel, place)


def test_a_tick_that_is_lost_or_another_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Stamped.chunks

    def without_one(worker: Stamped, start: int) -> list[object]:
        chunks = whole(worker, start)
        return chunks[1:] if start >= EPOCH + 8 * SCALE else [replace(one, start=one.start) for one in chunks]

    monkeypatch.setattr(Stamped, "chunks", without_one)
    passage = Passage(day_channel(), EPOCH, tmp_path)
    wrong = [word for step in passage.run(EPOCH + 60 * SCALE) for word in step.wrong]
    passage.close()
    assert any("gaps" in word or "newest number" in word for word in wrong)


def test_three_wraps_lie_in_the_passages() -> None:
    over = [plan for plan in plans(24) if plan.start // WRAP != (plan.start + plan.length) // WRAP]
    assert len(over) >= 3
