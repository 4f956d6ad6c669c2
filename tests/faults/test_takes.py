"""An operator's take on a real line: from the command to the tick that a viewer sees."""

from collections.abc import Iterator

import pytest

from bench.machine import Machine
from desk.ffmpeg import find_ffmpeg
from flow.timebase import SCALE
from tests.faults.catalogue import PAIR
from tests.faults.clips import Clip, Clips
from tests.faults.pulse import Pulse
from tests.faults.stage import Stage, pause, phase, staged

pytestmark = pytest.mark.line

ON_AIR = 0.2
"""Seconds from the command until the feed is on air, where the machine is not late."""
LATE = 2.0
"""The same where it is."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A channel with two feeds."""
    clips = Clips(find_ffmpeg("").path, tmp_path_factory.mktemp("clips"))
    with Machine(log="error") as machine, Pulse() as pulse, staged(machine, clips, "takes", PAIR, pulse) as stage:
        yield stage


def test_a_take_is_seen_at_the_tick_that_was_answered_and_that_tick_comes_at_once(stage: Stage) -> None:
    stage.clear()
    chance = phase(1, "takes")
    takes = []
    with stage.sender(Clip(source=1)), stage.sender(Clip(source=2), feed=1):
        began = stage.await_feed_on_air(0) + 0.5
        stage.until(lambda: stage.worker()["feeds"][1]["state"] == "live", 10, "the second feed is not warm")
        for feed in (1, 0, 1, 0, 1, 0):
            pause(chance.uniform(0.8, 1.2))
            takes.append((feed, *stage.take(feed)))
        pause(1.0)
        seen = stage.look(began, takes[-1][1] + 0.8)
    changes = [(run.source - 1, run.begin) for run in seen.runs[1:]]
    assert changes == [(feed, unit) for feed, _, unit in takes], seen.told()
    took = [round(unit / SCALE - asked, 3) for _, asked, unit in takes]
    assert max(took) <= (LATE if stage.late() else ON_AIR), took
    assert not seen.whole()
