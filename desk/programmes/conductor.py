"""Lets the schedule have its way with the channels' pictures: the slate before and after a programme, and its
place in the playlists. What it wants is a function of what is known and the time, so it is the same in every life.

A worker says what it has obeyed last, and hears from here only when that is another: an operator who has raised
the curtain since keeps the picture until the schedule's next word.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from desk.errors import RefusedError
from desk.lineup import Entry, Lineup
from desk.programmes.picture import curtain_at
from desk.programmes.programme import Programme
from desk.programmes.schedule import Schedule
from desk.programmes.times import utc_time
from desk.programmes.timetable import Moment, moment_at
from desk.standing import with_curtain
from flow.curtain import Curtain
from flow.ids import ChannelId
from flow.timebase import SCALE

_log = logging.getLogger(__name__)
LOOK = 0.2
"""Seconds between looks at the clock."""
AGAIN_S = 2
"""Seconds until a worker that has not done it hears it again: its status is there long before."""
YIELD_S = 30
"""For so long who knows less of the schedule leaves the picture to another headend: it looks every ten seconds."""
_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was made of a channel's programmes, until when it holds, for this life of the channel (`started_s`)."""

    programmes: tuple[Programme, ...]
    mark: int
    started_s: int
    moment: Moment
    curtain: Curtain
    until_s: int


class Conductor:
    """Lives in the event loop; one for a headend."""

    def __init__(self, lineup: Lineup, schedule: Schedule, zone: tzinfo, now_s: Callable[[], int]) -> None:
        """`now_s` is the wall clock in Unix seconds."""
        self._lineup = lineup
        self._schedule = schedule
        self._zone = zone
        self._now_s = now_s
        self._known: dict[ChannelId, _Known] = {}
        self._told: dict[ChannelId, tuple[Curtain, int]] = {}
        self._behind: dict[ChannelId, int] = {}
        self._giving: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Look all the time, until it is cancelled."""
        while True:
            self.look()
            await asyncio.sleep(LOOK)

    def look(self) -> None:
        """Bring each channel to what the schedule says now; never raises.

        Before that is known, each picture stays as it was left: an empty schedule would raise every curtain.
        """
        if not self._schedule.known:
            return
        for entry in list(self._lineup):
            try:
                self._look(entry)
            except Exception:  # noqa: BLE001 - the picture stays as it is, and the next look may be better
                _log.exception("the schedule of %s cannot be followed", entry.name)

    def timetable(self, name: ChannelId) -> dict[str, Any] | None:
        """What is on and what comes, as a report shows it; None of a channel without programmes."""
        if not self._schedule.programmes(name):
            return None
        moment = self._at(name).moment
        return {
            "state": moment.state.value, "programme": _shown(moment.programme),
            "following": _shown(moment.following),
            "since": _time(moment.since_s), "changes": _time(moment.change_s),
        }

    def _at(self, name: ChannelId) -> _Known:
        now_s, programmes, mark = self._now_s(), self._schedule.programmes(name), self._schedule.mark
        known, entry = self._known.get(name), self._lineup.get(name)
        started_s = entry.declared.revision // 1_000_000_000 if entry else 0
        of = programmes, mark, started_s
        fresh = known is not None and (known.programmes, known.mark, known.started_s) == of
        if known is None or not fresh or not known.until_s - _MINUTE <= now_s < known.until_s:
            moment = moment_at(programmes, now_s)
            # The slate's words tell of what comes within a day: they are made anew now and then.
            until_s = min(now_s + _MINUTE, moment.change_s or now_s + _MINUTE)
            curtain = curtain_at(moment, now_s, self._zone, known_s=mark, started_s=started_s)
            known = _Known(
                programmes=programmes, mark=mark, moment=moment, curtain=curtain, until_s=until_s,
                started_s=started_s,
            )
            self._known[name] = known
        return known

    def _look(self, entry: Entry) -> None:
        known = self._at(entry.name)
        self._mark(entry, known.moment)
        wanted = known.curtain
        if entry.declared.channel.by_hand:
            wanted = Curtain(known_s=known.mark, since_s=self._now_s())
        have = [seat.status.standing.curtain or Curtain() for at, seat in entry.seats.items()
                if entry.taken(at) and seat.status.ticks]
        if not entry.links:
            self._lineup.stands(entry, with_curtain(entry.standing, wanted))
        elif any(not _same(one, wanted) for one in have):
            self._tell(entry, wanted, max(have, key=lambda one: one.age))
        else:
            self._behind.pop(entry.name, None)

    def _tell(self, entry: Entry, wanted: Curtain, newest: Curtain) -> None:
        now_s = self._now_s()
        if newest.age > wanted.age:  # another headend has told it, and knows more
            since_s = self._behind.setdefault(entry.name, now_s)
            if self._schedule.gone or 0 <= now_s - since_s < YIELD_S:
                return
        told, at_s = self._told.get(entry.name, (None, 0))
        if told is not None and _same(told, wanted) and 0 <= now_s - at_s < AGAIN_S:
            return
        self._told[entry.name] = wanted, now_s
        task = asyncio.create_task(self._give(entry, wanted))
        self._giving.add(task)
        task.add_done_callback(self._giving.discard)

    async def _give(self, entry: Entry, wanted: Curtain) -> None:
        order = {"do": "curtain", "curtain": wanted.to_json()}
        try:
            await self._lineup.pending.give(
                entry.name, entry.links, order, of_all=entry.declared.channel.workers > 1,
            )
        except RefusedError as error:
            _log.warning("%s does not follow its schedule yet: %s", entry.name, error)

    def _mark(self, entry: Entry, moment: Moment) -> None:
        """Programmes in the playlists; what is listed already is left alone."""
        marks, airs = entry.publisher.marks, moment.programme if moment.state.airs else None
        for mark in marks.programmes:
            name = mark.id.partition(".")[0]
            if airs is None or name != airs.id:
                ends = (one.over_s for one in self._schedule.programmes(entry.name) if one.id == name)
                marks.programme_over(mark.id, (next(ends, None) or self._now_s()) * SCALE)
        if airs is not None:
            try:
                marks.programme(airs.id, airs.title, airs.title_en, start=(moment.since_s or 0) * SCALE)
            except ValueError as error:
                _log.debug("%s is not in the playlists of %s: %s", airs.id, entry.name, error)


def _same(one: Curtain, other: Curtain) -> bool:
    """Whether they come to the same picture; how new they are makes none."""
    return replace(one, known_s=0, since_s=0) == replace(other, known_s=0, since_s=0)


def _shown(one: Programme | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "id": one.id, "title": one.title, "title_en": one.title_en, "start": utc_time(one.start_s),
        "end": _time(one.over_s if one.over_s is not None else one.end_s),
    }


def _time(moment_s: int | None) -> str | None:
    return None if moment_s is None else utc_time(moment_s)
