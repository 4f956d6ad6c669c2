"""Sources that change under way: size, rate, sound. Each returns sentences on what went wrong."""

import random
from dataclasses import replace

from flow.timebase import SCALE
from tests.faults.clips import Clip
from tests.faults.limits import BACK, first_after, late, mixed, skewed, stale
from tests.faults.seen import Seen
from tests.faults.stage import Stage, until
from tests.faults.transport import SOUND, Packet, swapped

SIZES = (
    Clip(source=1, seconds=4.0),
    Clip(source=2, seconds=2.4, width=640, height=360),
    Clip(source=3, seconds=2.4, width=1280, height=720, fps="30"),
    Clip(source=4, seconds=2.4, width=320, height=180, fps="15", gop=15),
    Clip(source=5, seconds=3.2),
)
RATES = (
    Clip(source=1, seconds=4.0, fps="24", gop=24),
    Clip(source=2, seconds=3.2, fps="30000/1001", gop=30),
    Clip(source=3, seconds=3.2, fps="50", gop=50),
    Clip(source=4, seconds=3.2, fps="60", gop=60),
    Clip(source=5, seconds=3.2, fps="12", gop=12),
)
_SOUND = Clip(seconds=22.0, prompt=True)
LIVES = (
    (11.5, 13.5, None), (13.5, 15.5, replace(_SOUND, hertz=44_100, channels=1)),
    (15.5, 16.5, None), (16.5, 18.5, replace(_SOUND, hertz=32_000)),
    (18.5, 19.5, None), (19.5, 22.0, replace(_SOUND, channels=6)),
)
"""The sound vanishes three times, and comes back as another; by then the feed is no new one, of which nobody knows
yet whether its sound comes in bursts."""
BEEPS = (11, 14, 15, 17, 18, 20, 21)
SILENT = 4.0
GAP = 1.0
"""Seconds that a change of size or rate may hold the picture."""
FILLED = 0.15
"""Seconds of sound before a hole that may be lost with it."""


def changing(stage: Stage, chance: random.Random, clips: tuple[Clip, ...]) -> list[str]:
    """F-12, F-16: size and rate change in mid-stream: each is seen, none is held long, nothing is begun anew."""
    stage.clear()
    del chance
    with stage.sender(*clips) as sender:
        arrived = stage.await_arrival(0, sender.started)
        length = sum(clip.seconds for clip in clips)
        until(arrived + length - 0.3)
        seen = stage.look(arrived + BACK, arrived + length - 0.3)
    found = mixed(seen, [clip.source for clip in clips])
    for run in seen.live:
        found += skewed(seen, run)
        if run.repeats > GAP * 25:
            found.append(f"a picture of source {run.source} stood for {run.repeats} ticks at a change")
    found += [f"{seen.longest_slate} ticks of slate"] if seen.longest_slate else []
    return [*found, *seen.whole()]


def sound_comes_and_goes(stage: Stage, chance: random.Random) -> list[str]:
    """F-13: the sound vanishes, comes back, changes rate and channels; the picture knows nothing of it."""
    stage.clear()
    del chance
    with stage.crafted(_sounds(stage)) as sender:
        arrived = stage.await_arrival(0, sender.started)
        until(arrived + 22.0)
        seen = stage.look(arrived + 10.0, arrived + 22.0)
    if len(seen.runs) != 1:
        return [f"{len(seen.runs)} stretches instead of one: {[(run.kind, run.ticks) for run in seen.runs]}"]
    run = seen.runs[0]
    found = [f"a picture stood for {run.repeats} ticks"] if run.repeats > 2 else []
    found += [f"the picture jumped {run.skipped} ms"] if run.skipped > 80 else []
    heard = {round(_time(seen, at) / 1_000) for at, _ in seen.offsets}
    missing = {second for second in BEEPS if second * 1_000 > run.first + 100} - heard
    found += [f"the beeps of {sorted(missing)} s were not heard"] if missing else []
    quiet = sum(length for _, length in seen.silences) / SCALE
    found += [f"{quiet:.2f} s of silence where {SILENT} s were sent"] if quiet > SILENT + 6 * FILLED else []
    return [*found, *skewed(seen, run, 5), *seen.whole()]


def sound_of_each_life(stage: Stage, chance: random.Random) -> list[str]:
    """F-13: lives with stereo, without sound, with mono of another rate: each on air in time, each in sync."""
    stage.clear()
    clips = (Clip(source=1), Clip(source=2, channels=0), Clip(source=3, hertz=32_000, channels=1))
    lives = []
    for clip in clips:
        with stage.sender(clip) as sender:
            arrived = stage.await_arrival(0, sender.started)
            lives.append((clip, arrived))
            until(arrived + BACK + 1.9 + chance.uniform(0.0, 0.3))
            ended = sender.leave()
    seen = stage.look(lives[0][1], ended)
    found = mixed(seen, [clip.source for clip in clips])
    for clip, arrived in lives:
        run = first_after(seen, arrived, "live", clip.source)
        found += late(f"source {clip.source}", run, arrived, BACK)
        found += skewed(seen, run) if run and clip.channels else []
    return [*found, *stale(seen), *seen.whole()]


def _sounds(stage: Stage) -> list[Packet]:
    """One picture on end, and a sound that changes beside it. (A muxer that waits for sound which does not come
    would hold the picture for a second, and send it at once.)"""
    packets = stage.packets(_SOUND)
    for begin, end, clip in LIVES:
        other = stage.packets(clip) if clip else []
        packets = swapped(packets, other, SOUND, begin, end)
    return packets


def _time(seen: Seen, at: int) -> int:
    """The source's time in ms that is shown at a unit."""
    return min((abs(one.at - at), one.mark.millis) for one in seen.shown if one.mark)[1]
