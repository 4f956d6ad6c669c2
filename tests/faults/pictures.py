"""Sources that are alive and show nothing: black, frozen, silent. Each returns sentences on what went wrong.

Two feeds: the first is the best, the second a warm backup; `alone` has the first only.
"""

import random

from flow.timebase import SCALE, TICK
from tests.faults.clips import Clip
from tests.faults.limits import first_after, late, mixed
from tests.faults.stage import Stage, until

BACKUP = Clip(source=2, seconds=40)
BLACK = 2.0
FROZEN = 10.0
SWITCHED = 1.5
"""Seconds after the time a fault must have lasted until the backup is on air."""


def black(stage: Stage, chance: random.Random) -> list[str]:
    """F-18: a black picture for two seconds is no picture: the backup is shown."""
    lit = 5.0 + chance.choice((0.0, 0.4, 0.8))
    dark = Clip(source=1, seconds=8.0, look="black")
    return _taken_over(stage, (Clip(source=1, seconds=lit), dark), lit, BLACK, 5.0)


def frozen_and_silent(stage: Stage, chance: random.Random) -> list[str]:
    """F-18: a picture that stands, with silence, for ten seconds is nobody's: the backup is shown."""
    alive = 5.0 + chance.choice((0.0, 0.4, 0.8))
    dead = Clip(source=1, begin=alive, seconds=14.0, look="still", hush=True)
    return _taken_over(stage, (Clip(source=1, seconds=alive), dead), alive, FROZEN, 13.0)


def slides(stage: Stage, chance: random.Random) -> list[str]:
    """F-18: a picture that stands while somebody speaks is a slide, and healthy."""
    alive = 5.0 + chance.choice((0.0, 0.4, 0.8))
    slide = Clip(source=1, begin=alive, seconds=14.0, look="still")
    return _stays(stage, (Clip(source=1, seconds=alive), slide), 15.5)


def silent(stage: Stage, chance: random.Random) -> list[str]:
    """F-18: silence alone is never a fault."""
    alive = 5.0 + chance.choice((0.0, 0.4, 0.8))
    mute = Clip(source=1, begin=alive, seconds=14.0, hush=True)
    return _stays(stage, (Clip(source=1, seconds=alive), mute), 15.5)


def alone(stage: Stage, chance: random.Random, look: str, least: float) -> list[str]:
    """F-18: black, or still and silent, with no other feed: the slate, and the feed when it is fit again."""
    good = 5.0 + chance.choice((0.0, 0.4, 0.8))
    bad = least + 4.0
    dead = Clip(source=1, begin=good, seconds=bad, look=look, hush=True)
    stage.clear()
    with stage.sender(Clip(source=1, seconds=good), dead, Clip(source=2, seconds=5.0)) as first:
        arrived = stage.await_arrival(0, first.started)
        until(arrived + good + bad + 3.0)
        seen = stage.look(arrived + good - 0.5, arrived + good + bad + 3.0)
    slate = first_after(seen, arrived + good, "slate")
    back = first_after(seen, arrived + good + bad, "live", 2)
    found = late("the slate", slate, arrived + good, least + SWITCHED)
    found += late("the feed", back, arrived + good + bad, SWITCHED)
    # By what was shown before it: a feed that comes too early is shown earlier than it was foreseen here.
    before = [run for run in seen.runs if slate and run.end <= slate.begin][-1:]
    if any((run.ticks if run.kind == "black" else run.repeats) * TICK < round(least * SCALE) for run in before):
        found.append("the slate came before its time")
    return [*found, *seen.whole()]


def _taken_over(stage: Stage, clips: tuple[Clip, ...], good: float, least: float, seconds: float) -> list[str]:
    stage.clear()
    backup = stage.sender(BACKUP, feed=1)
    with stage.sender(*clips) as first:
        arrived = stage.await_arrival(0, first.started)
        stage.await_feed_on_air(0)
        with backup:
            stage.until(lambda: stage.worker()["feeds"][1]["state"] == "live", 4.0, "the backup is not warm")
            until(arrived + good + seconds)
        seen = stage.look(arrived + good - 0.5, arrived + good + seconds)
    other = first_after(seen, arrived + good, "live", 2)
    found = late("the backup", other, arrived + good, least + SWITCHED)
    return [*found, *mixed(seen, [1, 2]), *seen.whole()]


def _stays(stage: Stage, clips: tuple[Clip, ...], seconds: float) -> list[str]:
    stage.clear()
    backup = stage.sender(BACKUP, feed=1)
    with stage.sender(*clips) as first:
        arrived = stage.await_arrival(0, first.started)
        began = stage.await_feed_on_air(0)
        with backup:
            until(arrived + seconds)
        seen = stage.look(began + 0.5, arrived + seconds)
    return [*mixed(seen, [1]), *seen.whole()]
