"""One power cut after another over one disk, and what was wrong with it."""

import random
from pathlib import Path

from flow.ids import RenditionId
from flow.profile import ProfileName
from flow.timebase import SCALE, units_of_ns
from packager.grid import round_up
from tests.conformance.playlist import read_text
from tests.recorded.builder import EPOCH, channel_of
from tests.recorded.clock import SteppedClock
from tests.soak.crashes.life import History, Life, Worker
from tests.soak.crashes.operations import Disk, Operation

_PLACES = {ProfileName.ULTRA: 60, ProfileName.LOW: 40, ProfileName.CLASSIC: 50}
"""Chunks of a life, at most."""


def cut(seed: str, folder: Path, *, lives: int = 3) -> list[str]:
    """What is wrong in so many lives, each but the last ended by a power cut; in `folder`, which is empty.

    F-22: each life opens what the one before left, shows nothing half, no address with another content than it
    ever had, and goes on with new numbers.
    """
    chance = random.Random(seed)
    profile = chance.choice(list(ProfileName))
    channel = channel_of(profile=profile, rungs=1, window_s=chance.choice((120, 600)))
    history, now, wrong = History(), EPOCH, list[str]()
    worker, before = None, dict[RenditionId, str]()
    root = folder / "0"
    root.mkdir()
    for number in range(lives):
        disk = Disk(root)
        clock = SteppedClock(wall_units=now)
        life = Life(channel, root, clock, history)
        found_again = life.shown
        worker = _worker(life, worker, chance)
        for _ in range(chance.randint(12, _PLACES[profile])):
            life.take(worker.next())
        found = (*life.wrong, *_across_lives(before, found_again, life.shown))
        wrong += [f"life {number}: {word}" for word in found]
        before = life.shown
        disk.do(_cut_off(life, chance))
        life.end()
        root = folder / str(number + 1)
        disk.image(chance, root)
        now = life.moments[-1].now + chance.choice((2, 5, 20, 100)) * SCALE + chance.randrange(SCALE)
    return wrong


def _worker(life: Life, earlier: Worker | None, chance: random.Random) -> Worker:
    """The worker of a life: on another machine it went on, and sends again what it kept; else it begins anew."""
    now = units_of_ns(life.clock.wall_ns())
    if earlier is not None and chance.random() < 0.5:
        missed = []
        while earlier.place < now:
            missed += earlier.next()
        life.take(earlier.again(life.publisher, now))
        return earlier
    positions = life.publisher.positions()
    place = max(round_up(life.channel.profile, now), positions.floor)
    return Worker(life.channel, place, run=positions.last_run + 1, chance=chance)


def _cut_off(life: Life, chance: random.Random) -> list[Operation]:
    """What the disk had done: mostly all, sometimes it was behind, once in a while within an operation."""
    behind = chance.choice((0, 0, 1, 3, 12))
    moments = life.moments
    least = moments[max(0, len(moments) - 1 - behind)].done
    return list(life.operations[: chance.randint(max(0, least - 8), len(life.operations))])


def _across_lives(
    before: dict[RenditionId, str], again: dict[RenditionId, str], after: dict[RenditionId, str],
) -> list[str]:
    """What the disk had noted is what it was, at a life's end, or lost under its own address. What was shown and
    not noted yet may be lost altogether; but no number has another media than it had, and there are new ones."""
    wrong = []
    for rendition, text in before.items():
        if rendition not in after:
            wrong.append(f"{rendition}: nothing is shown")
            continue
        old, new = read_text(text), read_text(after[rendition])
        noted = read_text(again[rendition]).last_msn if rendition in again else old.first_msn - 1
        rows = {segment.msn: segment for segment in new.segments}
        for segment in old.segments:
            now = rows.get(segment.msn, segment)
            same = (segment.uri, segment.date) == (now.uri, now.date)
            if not same and (segment.msn <= noted or not (segment.gap or now.gap)):
                wrong.append(f"{rendition}: {segment.uri} became {now.uri}, {noted} was noted")
            if same and segment.gap and not now.gap:
                wrong.append(f"{rendition}: {segment.uri} was lost, and is not any more")
        if new.last_msn <= old.last_msn:
            wrong.append(f"{rendition}: no number is new")
    return wrong
