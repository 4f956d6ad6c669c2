"""Sources and decoders that die or hang: each scenario returns sentences on what a viewer should not have seen."""

import random
import signal
from contextlib import ExitStack

from tests.faults.clips import Clip
from tests.faults.limits import (
    BACK,
    CALLED_OVER,
    SLATE,
    SRT_SLATE,
    TAKEOVER,
    first_after,
    late,
    mixed,
    moment,
    skewed,
    stale,
    steady,
)
from tests.faults.stage import Stage, pause, until

WATCHDOG = 3.0
"""Seconds after which a hung process is taken for dead."""
HEALTHY = 3.0
"""Seconds that a better feed must be well before it takes over again."""
FLAP = 10.0
"""Seconds in which there may be one automatic switch a direction."""
AWAY = 2.5
"""Seconds that a source stays away at least: an SRT caller that died holds the port meanwhile."""
NEXT = 4.0
"""Seconds from an encoder's death until there is media again."""


def lost_and_back(stage: Stage, chance: random.Random, times: int, *, politely: bool = False) -> list[str]:
    """F-05: a source goes and comes back, again and again; nothing but the held picture and the slate is seen."""
    stage.clear()
    srt = stage.feeds[0].kind == "srt"
    allowed, slate = CALLED_OVER if srt and not politely else BACK, SRT_SLATE if srt else SLATE
    found, moments = [], []
    with ExitStack() as senders:
        sender = senders.enter_context(stage.sender(Clip(source=1)))
        stage.await_on_air("live")
        began = until(stage.await_arrival(0, sender.started) + BACK)
        for turn in range(times):
            pause(chance.uniform(1.0, 1.6))
            lost = sender.leave() if politely else sender.kill()
            until(lost + AWAY + chance.uniform(0.1, 0.7))
            sender = senders.enter_context(stage.sender(Clip(source=2 + turn % 3)))
            back = stage.await_arrival(0, sender.started)
            moments.append((lost, back, 2 + turn % 3))
            until(back + allowed + 0.6)
        seen = stage.look(began, back + allowed + 0.4)
    for lost, back, source in moments:
        found += late("the slate", first_after(seen, lost, "slate"), lost, slate)
        found += late(f"source {source}", first_after(seen, lost, "live", source), back, allowed)
    return [*found, *mixed(seen, [1, *(source for _, _, source in moments)]), *stale(seen), *seen.whole()]


def decoder_killed(stage: Stage, chance: random.Random) -> list[str]:
    """F-01: the decoder dies while its source goes on."""
    stage.clear()
    with stage.sender(Clip(source=1)):
        began = stage.await_on_air("live")
        pause(chance.uniform(0.5, 1.5))
        killed = stage.signal("decoder", signal.SIGKILL)
        until(killed + BACK + 1.5)
        seen = stage.look(began, killed + BACK + 1.5)
    later = [run for run in seen.live if run.begin > moment(killed)]
    found = late("the picture", later[0] if later else None, killed, BACK + 0.5) if len(seen.live) > 1 else []
    return [*found, *skewed(seen, seen.live[-1]), *seen.whole()]


def decoder_hung(stage: Stage, chance: random.Random) -> list[str]:
    """F-02: the decoder stands still while its source goes on; woken again later it disturbs nothing."""
    stage.clear()
    with stage.sender(Clip(source=1)):
        began = stage.await_on_air("live")
        pause(chance.uniform(0.5, 1.5))
        stopped = stage.signal("decoder", signal.SIGSTOP)
        until(stopped + WATCHDOG + BACK + 1.0)
        seen = stage.look(began, stopped + WATCHDOG + BACK + 1.0)
    if seen.longest_repeat < 10 and not seen.longest_slate:
        return ["the picture went on: the scenario proves nothing", *seen.whole()]
    later = [run for run in seen.live if run.begin > moment(stopped + 1.0)]
    return [*late("the picture", later[0] if later else None, stopped, WATCHDOG + BACK), *seen.whole()]


def taken_over(stage: Stage, chance: random.Random) -> list[str]:
    """F-04: the backup is on air in time, and the better feed only after three healthy seconds."""
    stage.clear()
    with stage.sender(Clip(source=1)) as first, ExitStack() as backup:
        stage.await_feed_on_air(0)
        backup.enter_context(stage.sender(Clip(source=2, seconds=40), feed=1))
        began = stage.until(lambda: stage.worker()["feeds"][1]["state"] == "live", 10, "the backup is not warm")
        pause(chance.uniform(1.0, 2.0))
        lost = first.kill()
        until(lost + 2.5)
        with stage.sender(Clip(source=3)) as again:
            back = stage.await_arrival(0, again.started)
            until(max(back + HEALTHY + BACK + 1.0, lost + FLAP + 2.5))
            seen = stage.look(began, max(back + HEALTHY + BACK + 1.0, lost + FLAP + 2.5))
    found = late("the backup", first_after(seen, lost, "live", 2), lost, TAKEOVER)
    returned = first_after(seen, lost, "live", 3)
    found += late("the better feed", returned, back, max(HEALTHY + BACK, lost + FLAP + 2.0 - back))
    if returned and returned.begin < moment(back + HEALTHY):
        found.append("the better feed was on air before three healthy seconds")
    if seen.longest_slate:
        found.append(f"{seen.longest_slate} ticks of slate beside a healthy backup")
    found += steady(first_after(seen, lost, "live", 2) or seen.live[0], repeats=2, skipped=80)
    return [*found, *mixed(seen, [1, 2, 3]), *seen.whole()]


def encoder_killed(stage: Stage, chance: random.Random) -> list[str]:
    """F-01: the encoder dies: two segments at most are GAP, media in time, no discontinuity."""
    return _interrupted(stage, chance, "encoder", signal.SIGKILL, NEXT)


def encoder_hung(stage: Stage, chance: random.Random) -> list[str]:
    """F-02: the encoder stands still: it is taken for dead in time, and then as if it had died."""
    return _interrupted(stage, chance, "encoder", signal.SIGSTOP, WATCHDOG + NEXT, gaps=4)


def _interrupted(
    stage: Stage, chance: random.Random, role: str, number: int, allowed: float, gaps: int = 2
) -> list[str]:
    stage.clear()
    with stage.sender(Clip(source=1)):
        began = stage.await_on_air("live")
        pause(chance.uniform(0.5, 2.4))
        hit = stage.signal(role, number)
        until(hit + allowed)
        seen = stage.look(began, hit + allowed + 2.0)
    again = next((run for run in seen.live if run.end > moment(hit + allowed)), None)
    found = late("media", again, hit, allowed) if len(seen.live) > 1 else []
    return [*found, *skewed(seen, seen.live[-1]), *seen.whole(gaps)]
