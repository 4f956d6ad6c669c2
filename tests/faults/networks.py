"""Bad networks between a source and xacast. Each returns sentences on what went wrong."""

import random
from itertools import pairwise
from typing import Any

from flow.timebase import SCALE
from tests.faults.clips import Clip
from tests.faults.impairment import Impairment
from tests.faults.limits import BACK, moment, skewed, steady
from tests.faults.seen import Seen
from tests.faults.senders import LATENCY
from tests.faults.stage import Stage, pause, until

LONG = Clip(source=1, seconds=70)
DEAD = Impairment(loss=1.0)
AGAIN = 5.0
"""Seconds after a flood until the picture is live again."""
CREEP = 0.3
"""Seconds by which a flood may leave the delay longer."""


def srt_with_loss(stage: Stage, chance: random.Random, seconds: float) -> list[str]:
    """F-07: SRT repairs one datagram in ten lost each way: every picture comes, once, whole."""
    stage.clear()
    relay = stage.feeds[0].relay
    with stage.sender(LONG):
        stage.await_on_air("live")
        lossy = Impairment(loss=0.10, delay=0.010)
        relay.become(lossy, lossy)
        pause(1.0)
        before, began = relay.counts[0].lost, stage.worker()["feeds"][0]
        start = until(chance.uniform(0.0, 0.5) + _now())
        until(start + seconds)
        seen = stage.look(start, start + seconds, closely=True)
        lost = relay.counts[0].lost - before
        after = stage.worker()["feeds"][0]
        relay.become()
    found = [] if lost else ["the relay lost nothing: the scenario proves nothing"]
    found += [f"{seen.damaged} pictures are damaged"] if seen.damaged else []
    found += _grown(began, after)
    return [*found, *_one(stage, seen), *skewed(seen, seen.live[0], int(seconds) - 2), *seen.whole()]


def two_ways(stage: Stage, chance: random.Random) -> list[str]:
    """F-06: one of two ways loses packets, then each dies in turn: every picture comes, once, whole."""
    stage.clear()
    first, second = stage.feeds[0].ways
    with stage.crafted(stage.packets(Clip(source=1))) as sender:
        start = until(stage.await_arrival(0, sender.started) + BACK)
        before = stage.worker()["feeds"][0]
        for way, bad in ((first, Impairment(loss=0.20)), (second, DEAD), (first, DEAD)):
            way.become(bad)
            pause(chance.uniform(1.8, 2.2))
            way.become()
        end = _now() + 0.5
        seen = stage.look(start, end, closely=True)
        after = stage.worker()["feeds"][0]
    found = [] if min(way.counts[0].lost for way in (first, second)) else ["a way lost nothing: it proves nothing"]
    found += [f"{seen.damaged} pictures are damaged"] if seen.damaged else []
    found += _grown(before, after)
    return [*found, *_one(stage, seen), *skewed(seen, seen.live[0], int(end - start) - 1), *seen.whole()]


def udp_with_everything(stage: Stage, chance: random.Random) -> list[str]:
    """F-08: loss, bursts, bit errors, copies and disorder on bare UDP: pictures may break, nothing else."""
    stage.clear()
    relay = stage.feeds[0].relay
    with stage.sender(LONG):
        began = stage.await_on_air("live")
        pause(chance.uniform(0.5, 1.0))
        worker = stage.worker()
        bad = Impairment(loss=0.05, burst=0.003, duplicate=0.03, reorder=0.03, bit_errors=1e-5)
        relay.become(bad)
        pause(5.0)
        counts = relay.counts[0]
        relay.become()
        clean = _now()
        until(clean + 4.5)
        seen = stage.look(began, clean + 4.5, closely=True)
        after = stage.worker()
    found = [] if min(counts.lost, counts.duplicated, counts.reordered) else ["the relay did nothing"]
    if after["encoder_restarts"] != worker["encoder_restarts"] or after["pid"] != worker["pid"]:
        found.append("worker or encoder died")
    late = [shown for shown in seen.shown if shown.at > moment(clean + 2.0)]
    broken = [shown for shown in late if shown.damaged or not shown.mark]
    found += [f"{len(broken)} pictures are broken long after the network was well"] if broken else []
    return [*found, *skewed(seen, seen.live[-1]), *seen.whole()]


def jitter(stage: Stage, chance: random.Random) -> list[str]:
    """F-09: 100 ms of jitter each way of the mean: no picture is missing, nothing is begun anew."""
    stage.clear()
    relay = stage.feeds[0].relay
    with stage.sender(LONG, latency=2 * LATENCY):
        stage.await_on_air("live")
        shaky = Impairment(delay=0.100, jitter=0.100)
        relay.become(shaky, Impairment(delay=0.010))
        pause(2.0)
        restarts = stage.worker()["feeds"][0]["restarts"]
        start = until(_now() + chance.uniform(0.0, 0.5))
        until(start + 4.0)
        seen = stage.look(start, start + 4.0, closely=True)
        restarts = stage.worker()["feeds"][0]["restarts"] - restarts
        relay.become()
    found = [f"the feed was begun anew {restarts} times"] if restarts else []
    return [*found, *_one(stage, seen), *seen.whole()]


def frozen_then_flooded(stage: Stage, chance: random.Random) -> list[str]:
    """F-09: for three seconds nothing, then all of it at once: live again in time, and no later than before."""
    stage.clear()
    relay = stage.feeds[0].relay
    with stage.sender(LONG) as sender:
        began = until(stage.await_arrival(0, sender.started) + BACK)
        pause(chance.uniform(1.0, 1.5))
        relay.become(Impairment(freezes=((0.0, 3.0),)))
        frozen = _now()
        flooded = frozen + 3.0
        until(flooded + AGAIN + 2.5)
        seen = stage.look(began, flooded + AGAIN + 2.5)
        relay.become()
    found = []
    before, after = _delay(seen, began, frozen - 0.2), _delay(seen, flooded + AGAIN, flooded + AGAIN + 2.5)
    if before is None or after is None:
        found.append(f"no steady picture {AGAIN:.0f} s after the flood")
    elif after - before > CREEP:
        found.append(f"the delay grew by {after - before:.2f} s")
    return [*found, *skewed(seen, seen.live[-1]), *seen.whole()]


def narrow(stage: Stage, chance: random.Random) -> list[str]:
    """F-10: the line carries half of what is sent for a while: the picture suffers, the delay does not stay."""
    stage.clear()
    relay = stage.feeds[0].relay
    with stage.sender(LONG) as sender:
        began = until(stage.await_arrival(0, sender.started) + BACK)
        pause(chance.uniform(1.5, 2.0))
        relay.become(Impairment(rate=30_000, queue=0.4))
        narrowed = _now()
        until(narrowed + 5.0)
        wide = _now()
        relay.become()
        until(wide + AGAIN + 2.5)
        seen = stage.look(began, wide + AGAIN + 2.5)
    found = [] if relay.counts[0].lost else ["the line carried all of it: the scenario proves nothing"]
    before, after = _delay(seen, began, narrowed), _delay(seen, wide + AGAIN, wide + AGAIN + 2.5)
    if before is None or after is None:
        found.append(f"no steady picture {AGAIN:.0f} s after the line was wide again")
    elif after - before > CREEP:
        found.append(f"the delay grew by {after - before:.2f} s")
    return [*found, *skewed(seen, seen.live[-1]), *seen.whole()]


def _grown(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What a feed's status counts of packets lost and of lives begun anew."""
    return [f"{name}: {more}" for name in ("lost", "restarts") if (more := after[name] - before[name])]


def _delay(seen: Seen, begin: float, end: float) -> float | None:
    """Seconds from a source's time to its place on air, when no picture stood for long in between."""
    shown = [one for one in seen.shown if moment(begin) <= one.at < moment(end)]
    marks = [one.mark for one in shown]
    standing = sum(one == other for one, other in pairwise(marks))
    if not shown or None in marks or standing > 4:
        return None
    last = shown[-1]
    assert last.mark is not None
    return last.at / SCALE - last.mark.millis / 1_000


def _one(stage: Stage, seen: Seen) -> list[str]:
    if len(seen.runs) != 1:
        return [f"{len(seen.runs)} stretches instead of one: {[(run.kind, run.ticks) for run in seen.runs]}"]
    return steady(seen.runs[0], *stage.evenness())


def _now() -> float:
    return until(0.0)
