"""Sources whose clocks jump, restart, wrap or go missing. Each returns sentences on what went wrong."""

import random
from dataclasses import replace

from tests.faults.clips import Clip
from tests.faults.limits import (
    BACK,
    first_after,
    late,
    mixed,
    moment,
    skewed,
    stale,
    steady,
)
from tests.faults.seen import Run, Seen
from tests.faults.senders import WRAP
from tests.faults.stage import Stage, until
from tests.faults.transport import PACKET, TABLES, Packet, scrambled, shifted, since, without

ZERO = (500.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""An encoder that is started anew five times, from zero each time."""
BOTH_WAYS = (500.0, 40_000.0, 20.0)
"""Forwards by eleven hours, then back."""
UNEVEN = (7, 280)
"""Ticks and ms from one picture of the clip without rhythm to the next, at most."""
OVER_THE_WRAP = (WRAP - 3.5, 0.5)
"""Ends just before 33 bits are used up; the next life begins just behind."""


def restarted(stage: Stage, chance: random.Random, offsets: tuple[float, ...]) -> list[str]:
    """F-11, F-15: one life after the other, each with its own clock: each is seen, once, in order, in sync."""
    stage.clear()
    lives = []
    for place, offset in enumerate(offsets):
        with stage.sender(Clip(source=1 + place), offset=offset) as sender:
            arrived = stage.await_arrival(0, sender.started)
            lives.append((1 + place, arrived))
            until(arrived + BACK + 1.9 + chance.uniform(0.0, 0.3))
            ended = sender.leave()
    seen = stage.look(lives[0][1], ended)
    found = mixed(seen, [source for source, _ in lives])
    for source, arrived in lives:
        run = first_after(seen, arrived, "live", source)
        found += late(f"source {source}", run, arrived, BACK)
        found += skewed(seen, run) if run else []
    return [*found, *stale(seen), *seen.whole()]


def leapt(stage: Stage, chance: random.Random, offsets: tuple[float, ...]) -> list[str]:
    """F-11: one life after the other, each with its own clock, in one connection that stands all the while."""
    stage.clear()
    packets: list[Packet] = []
    begins = []
    for place, offset in enumerate(offsets):
        length = BACK + 1.9 + chance.uniform(0.0, 0.3)
        begin = begins[-1] + length if begins else 0.0
        begins.append(begin)
        life = shifted(stage.packets(Clip(source=1 + place)), 0.0, offset)
        packets += [one.at(begin + one.second) for one in life if one.second < length]
    with stage.crafted(packets) as sender:
        arrived = stage.await_arrival(0, sender.started)
        ended = until(arrived + packets[-1].second)
        calls = len(stage.feeds[0].relay.since(sender.started))
    seen = stage.look(arrived, ended)
    found = mixed(seen, [1 + place for place in range(len(offsets))])
    found += [f"{calls} calls instead of one"] if calls != 1 else []
    for place, begin in enumerate(begins):
        run = first_after(seen, arrived + begin, "live", 1 + place)
        found += late(f"source {1 + place}", run, arrived + begin, BACK)
        found += skewed(seen, run) if run else []
    return [*found, *stale(seen), *seen.whole()]


def wrapped(stage: Stage, chance: random.Random, bframes: int = 0) -> list[str]:
    """F-14: 33 bits are used up while the source is on air: no picture is lost, nothing shifts."""
    stage.clear()
    before = chance.uniform(3.0, 4.0)
    with stage.sender(Clip(source=1, bframes=bframes), offset=WRAP - before) as sender:
        arrived = stage.await_arrival(0, sender.started)
        until(arrived + before + 2.5)
        seen = stage.look(arrived + BACK, arrived + before + 2.5)
    return [*_unmoved(stage, seen), *skewed(seen, seen.runs[0], 2), *seen.whole()]


def clock_jumps(stage: Stage, chance: random.Random, seconds: float) -> list[str]:
    """F-16: stamps and clock references jump in mid-stream, with no word about it."""
    stage.clear()
    jump = chance.uniform(3.0, 4.0)
    with stage.crafted(shifted(stage.packets(Clip(source=1)), jump, seconds)) as sender:
        arrived = stage.await_arrival(0, sender.started)
        until(arrived + jump + BACK + 2.2)
        seen = stage.look(arrived + 1.8, arrived + jump + BACK + 2.2)
    after = [run for run in seen.live if run.end > moment(arrived + jump + BACK)]
    found = [] if after else ["the picture never came again"]
    back = next((run for run in seen.live if run.last > (jump + 0.5) * 1_000), None)
    found += late("the picture after the jump", back, arrived + jump, BACK)
    found += skewed(seen, seen.live[-1]) if after else []
    return [*found, *seen.whole()]


def tables_missing(stage: Stage, chance: random.Random) -> list[str]:
    """F-16: PAT and PMT are missing for 5 s while the source is on air: nobody needs them then."""
    stage.clear()
    gone = chance.uniform(2.0, 2.5)
    with stage.crafted(without(stage.packets(Clip(source=1)), TABLES, gone, gone + 5.0)) as sender:
        arrived = stage.await_arrival(0, sender.started)
        until(arrived + gone + 6.0)
        seen = stage.look(arrived + BACK, arrived + gone + 6.0)
    return [*_unmoved(stage, seen), *skewed(seen, seen.runs[0], 3), *seen.whole()]


def tables_late(stage: Stage, chance: random.Random) -> list[str]:
    """F-16: a source without PAT and PMT for its first seconds is on air once it has them."""
    stage.clear()
    length = chance.uniform(2.5, 3.5)
    with stage.crafted(without(stage.packets(Clip(source=1)), TABLES, 0.0, length)) as sender:
        arrived = stage.await_arrival(0, sender.started)
        until(arrived + length + BACK + 2.2)
        seen = stage.look(arrived, arrived + length + BACK + 2.2)
    run = first_after(seen, arrived)
    return [*late("the source", run, arrived + length, BACK), *(skewed(seen, run) if run else []), *seen.whole()]


def key_picture_late(stage: Stage, chance: random.Random) -> list[str]:
    """F-16: who joins between two key pictures far apart waits for the next, on the slate, without a fault."""
    stage.clear()
    joined = chance.uniform(1.0, 1.5)
    with stage.crafted(since(stage.packets(Clip(source=1, gop=150)), joined)) as sender:
        arrived = stage.await_arrival(0, sender.started)
        key = arrived + 6.0 - joined
        until(key + BACK + 1.6)
        seen = stage.look(arrived, key + BACK + 1.6, closely=True)
    run = first_after(seen, arrived)
    found = late("the source", run, key, BACK)
    if run and run.first < 5_960:
        found.append(f"a picture of {run.first} ms was shown before the key picture at 6000 ms")
    found += [f"{seen.damaged} pictures are damaged"] if seen.damaged else []
    return [*found, *seen.whole()]


def scrambled_a_while(stage: Stage, chance: random.Random) -> list[str]:
    """F-16: scrambled packets are no picture; clear again, the source is on air again."""
    stage.clear()
    begin = chance.uniform(2.5, 3.0)
    with stage.crafted(scrambled(stage.packets(Clip(source=1)), begin, begin + 2.0)) as sender:
        arrived = stage.await_arrival(0, sender.started)
        clear = arrived + begin + 2.0
        until(clear + 5.0)
        seen = stage.look(arrived + 2.0, clear + 5.0, closely=True)
    run = next((run for run in seen.live if run.last > (begin + 2.0) * 1_000), None)
    later = [shown for shown in seen.shown if shown.at > moment(clear + 3.0)]
    broken = sum(one.damaged or one.mark is None for one in later)
    found = [] if run else ["the picture was never back after the scrambling"]
    found += [f"{broken} pictures are broken 3 s after the scrambling"] if broken else []
    return [*found, *skewed(seen, seen.live[-1]), *seen.whole()]


def rubbish(stage: Stage, chance: random.Random) -> list[str]:
    """F-03: bytes that are no media at all, for seconds: the slate stands, and the next source is shown."""
    stage.clear()
    noise = [Packet(place / 200, chance.randbytes(PACKET)) for place in range(800)]
    sound = [packet for packet in stage.packets(Clip(source=1)) if packet.second < 2.0]
    poison = [replace(packet, data=packet.data[:4] + chance.randbytes(PACKET - 4)) for packet in sound]
    with stage.crafted(noise) as sender:
        arrived = stage.await_arrival(0, sender.started)
        until(arrived + 4.0)
    with stage.crafted(poison):
        until(arrived + 6.5)
    with stage.sender(Clip(source=2)) as sender:
        back = stage.await_arrival(0, sender.started)
        until(back + BACK + 2.5)
        seen = stage.look(arrived, back + BACK + 2.4)
    run = first_after(seen, back, "live", 2)
    found = late("the source", run, back, BACK)
    return [*found, *mixed(seen, [2]), *(skewed(seen, run) if run else []), *seen.whole()]


def uneven(stage: Stage, chance: random.Random) -> list[str]:
    """F-16: a source without any rhythm: no picture stands longer than its successor needs, in sync."""
    stage.clear()
    with stage.sender(Clip(source=1, uneven=True)) as sender:
        arrived = stage.await_arrival(0, sender.started)
        begin = arrived + BACK + chance.uniform(0.0, 0.5)
        until(begin + 4.0)
        seen = stage.look(begin, begin + 4.0)
    if len(seen.runs) != 1:
        return [f"{len(seen.runs)} stretches instead of one", *seen.whole()]
    return [*steady(seen.runs[0], *UNEVEN), *skewed(seen, seen.runs[0], 1), *seen.whole()]


def _unmoved(stage: Stage, seen: Seen) -> list[str]:
    """One stretch in which nothing shifts."""
    if len(seen.runs) != 1:
        return [f"{len(seen.runs)} stretches instead of one: {_short(seen.runs)}"]
    shifts = [ms for _, ms in seen.offsets]
    moved = max(shifts, default=0) - min(shifts, default=0)
    found = [f"sound and picture moved by {moved} ms against each other"] if moved > stage.same_skew() else []
    return [*found, *steady(seen.runs[0], *stage.evenness())]


def _short(runs: tuple[Run, ...]) -> list[tuple[str, int]]:
    return [(run.kind, run.ticks) for run in runs]
