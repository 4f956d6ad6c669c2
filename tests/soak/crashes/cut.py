"""One power cut after another over one disk, and what was wrong with it."""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from flow.channel import Channel
from flow.ids import RenditionId
from flow.names import SegmentName, parse_name
from flow.profile import ProfileName
from flow.timebase import SCALE, units_of_ns
from origin.disk_folder import DiskFolder
from origin.disk_notes import DiskNotes
from packager.grid import round_up
from tests.conformance.playlist import Segment, read_text
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
    workers = chance.choice((1, 1, 2))
    channel = replace(channel_of(profile=profile, rungs=1, window_s=chance.choice((120, 600))), workers=workers)
    history, now, wrong = History(), EPOCH, list[str]()
    team, before = list[Worker | None]([None] * workers), dict[RenditionId, str]()
    root = folder / "0"
    root.mkdir()
    for number in range(lives):
        disk, notes = Disk(root), _notes(root, channel)
        clock = SteppedClock(wall_units=now)
        life = Life(channel, root, clock, history)
        team = _team(life, team, chance)
        for _ in range(workers * chance.randint(12, _PLACES[profile])):
            life.take(min(filter(None, team), key=lambda worker: worker.place).next())
        found = (*life.wrong, *_across_lives(before, notes, life.shown))
        wrong += [f"life {number}: {word}" for word in found]
        before = life.shown
        disk.do(_cut_off(life, chance))
        life.end()
        root = folder / str(number + 1)
        disk.image(chance, root)
        now = life.moments[-1].now + chance.choice((2, 5, 20, 100)) * SCALE + chance.randrange(SCALE)
    return wrong


def _notes(root: Path, channel: Channel) -> dict[str, Any]:
    """What an earlier life had noted of each rendition, as far as the disk got it."""
    folder = DiskFolder(root)
    folder.open()
    found = DiskNotes(folder).read(channel.id) if channel.id in folder.folders() else None
    folder.close()
    renditions: dict[str, Any] = json.loads(found)["renditions"] if found else {}
    return renditions


def _team(life: Life, team: list[Worker | None], chance: random.Random) -> list[Worker | None]:
    """The workers of a life; of two one may have died with the headend and not come back."""
    away = chance.randrange(2 * len(team)) if len(team) > 1 else len(team)
    return [None if away == at else _worker(life, one, chance, at) for at, one in enumerate(team)]


def _worker(life: Life, earlier: Worker | None, chance: random.Random, index: int) -> Worker:
    """The worker of a life: on another machine it went on, and sends again what it kept; else it begins anew."""
    now = units_of_ns(life.clock.wall_ns())
    if earlier is not None and chance.random() < 0.5:
        missed = []
        while earlier.place < now:
            missed += earlier.next()
        life.take(earlier.again(life.publisher, now))
        return earlier
    positions = life.publisher.positions(index)
    place = max(round_up(life.channel.profile, now), positions.floor)
    run = positions.last_run + 1
    run += (index - run) % life.channel.workers
    return Worker(life.channel, place, run=run, chance=chance, index=index)


def _cut_off(life: Life, chance: random.Random) -> list[Operation]:
    """What the disk had done: mostly all, sometimes it was behind, once in a while within an operation."""
    behind = chance.choice((0, 0, 1, 3, 12))
    moments = life.moments
    least = moments[max(0, len(moments) - 1 - behind)].done
    return list(life.operations[: chance.randint(max(0, least - 8), len(life.operations))])


def _across_lives(
    before: dict[RenditionId, str], notes: dict[str, Any], after: dict[RenditionId, str],
) -> list[str]:
    """What was shown keeps its address, or is lost under it; there are new numbers.

    What the disk had no note of may be lost under another one when its run had not been noted yet; and nobody can
    know then that it had been listed as lost. It never gets other media.
    """
    wrong = []
    for rendition, text in before.items():
        if rendition not in after:
            wrong.append(f"{rendition}: nothing is shown")
            continue
        old, new = read_text(text), read_text(after[rendition])
        noted = notes.get(rendition, {"first": 0, "spans": [], "run": 0})
        end = noted["first"] + sum(span[-1] for span in noted["spans"])
        rows = {segment.msn: segment for segment in new.segments}
        for segment in old.segments:
            now = rows.get(segment.msn, segment)
            same = (segment.uri, segment.date) == (now.uri, now.date)
            if not same and (segment.msn < end or not _unknown(segment, now, noted["run"])):
                wrong.append(f"{rendition}: {segment.uri} became {now.uri}, noted were those before {end}")
            if same and segment.gap and not now.gap:
                wrong.append(f"{rendition}: {segment.uri} was lost, and is not any more")
        if new.last_msn <= old.last_msn:
            wrong.append(f"{rendition}: no number is new")
    return wrong


def _unknown(old: Segment, new: Segment, noted: int) -> bool:
    """Whether a change of what was not noted could not be prevented."""
    if old.gap:
        return True  # that it was lost had not been noted
    name = parse_name(old.uri)
    return new.gap and isinstance(name, SegmentName) and name.run != noted
