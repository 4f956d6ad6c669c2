"""The channels of a headend: each with its definition, its packager, and what its worker last said."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

from desk.event_log import EventLog
from desk.pending import Pending
from desk.registry import Declared
from desk.standing import standing_of
from desk.standing_file import StandingFile
from flow.channel import Channel
from flow.clock import Clock
from flow.event import Event, EventKind, severity_of
from flow.ids import ChannelId
from flow.status import WorkerStatus
from flow.store import StoreWriter
from origin.keyrings import Keyrings
from packager.publisher import Publisher
from packager.ts.recipe import Recipes

PARTING = 1.0
"""Seconds that a worker's connection gets to end in good order."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What one worker last said, and when, as in Entry."""

    status: WorkerStatus
    heard: int
    offset: int


@dataclass(slots=True)
class Entry:
    """One channel on this headend.

    `links` are the open control connections of its workers, `seconds` those of the second of two; `heard` is the
    monotonic time of the last status, or of the opening, and `offset` the worker's wall clock minus the headend's,
    both in nanoseconds; `standing` is what an operator has set. Where two workers make the channel, `seats` has
    what each said, and the rest is of the one whose media is listed.
    """

    declared: Declared
    publisher: Publisher
    links: set[web.WebSocketResponse] = field(default_factory=set)
    seconds: set[web.WebSocketResponse] = field(default_factory=set)
    status: WorkerStatus | None = None
    standing: dict[str, Any] | None = None
    heard: int = 0
    offset: int = 0
    seats: dict[int, Seat] = field(default_factory=dict)

    @property
    def workers(self) -> tuple[int, ...]:
        """The indices of those that are connected."""
        return tuple(sorted({int(link in self.seconds) for link in self.links}))

    def taken(self, worker: int) -> bool:
        """Whether the worker of this index is connected."""
        return worker in self.workers

    @property
    def name(self) -> ChannelId:
        """The channel's id."""
        return self.declared.channel.id

    @property
    def fresh(self) -> bool:
        """Whether every rendition has media of the worker's present run, not only of an earlier life."""
        if self.status is None or not self.status.run:
            return False
        positions = self.publisher.positions(self.status.worker)
        return all(place.run == self.status.run for place in positions.renditions.values())


class Lineup:
    """All channels of one headend, what happened on them, and the orders under way. Lives in the event loop."""

    def __init__(
        self, *, store: StoreWriter, clock: Clock, events: EventLog | None = None,
        kept: StandingFile | None = None, forget: Callable[[ChannelId], None] = lambda _name: None,
        recipes: Recipes | None = None, keyrings: Keyrings | None = None,
    ) -> None:
        """`forget` takes away what a channel's workers have kept here; `recipes` as packagers take it; `keyrings`
        have the keys of channels that are encrypted."""
        self._keyrings = keyrings
        self._recipes = recipes
        self._forget = forget
        self._kept = kept
        self._store = store
        self._clock = clock
        self.events = events or EventLog()
        self.pending = Pending()
        self.leaving = False  # set when the headend stops, and ends every connection itself
        self._life = clock.wall_ns()
        self._numbers = count(1)
        self._entries: dict[ChannelId, Entry] = {}
        self._closed: list[tuple[ChannelId, Publisher]] = []  # they still let go of their media, bit by bit
        self._left_open: set[ChannelId] = set()  # closed, and everybody may play on to the end

    def __iter__(self) -> Iterator[Entry]:
        return iter([self._entries[name] for name in sorted(self._entries)])

    def get(self, name: str) -> Entry | None:
        """The channel of that name, or None."""
        return self._entries.get(ChannelId(name))

    def here(self) -> list[Channel]:
        """The channels whose workers run on this machine."""
        return [entry.declared.channel for entry in self if not entry.declared.remote]

    def open(self, declared: Declared) -> Entry:
        """Put a channel on; its packager goes on above everything an earlier life of it has published.

        Raises ToolError for a channel that is encrypted when its keys cannot be kept.
        """
        channel = declared.channel
        publisher = Publisher(
            channel=channel, store=self._store, clock=self._clock, recipes=self._recipes,
            ring=self._keyrings.open(channel.id, channel.key_period_s)
            if self._keyrings and channel.key_period_s else None,
        )
        if any(place.end for place in publisher.positions().renditions.values()):
            # It goes on with the window of the last life, which may not let go of that any more.
            self._closed = [(name, last) for name, last in self._closed if name != channel.id]
        standing = self._kept.read(channel.id) if self._kept else None
        entry = Entry(declared, publisher, heard=self._clock.monotonic_ns(), standing=standing)
        self._entries[channel.id] = entry
        return entry

    async def close(self, name: ChannelId) -> None:
        """Take a channel off, and tell its workers."""
        entry = self._entries.pop(name)
        self._left_open = {*self._left_open - {name}, *((name,) if entry.declared.channel.open_to_all else ())}
        entry.publisher.close()
        if self._kept:
            self._kept.write(name, None)
        self._forget(name)
        self._closed.append((name, entry.publisher))
        await dismiss(entry.links, "stop")

    async def change(self, entry: Entry, declared: Declared) -> None:
        """Let a channel go on with other settings, and tell its workers."""
        if declared.channel.window_s != entry.declared.channel.window_s:
            entry.publisher.resize(declared.channel.window_s)
        entry.declared = declared
        for link in list(entry.links):
            with suppress(ConnectionError):  # it has just gone: the next one hears it first of all
                await link.send_json({"do": "run", "definition": declared.told()})

    def trouble(self, entry: Entry) -> str:
        """What keeps new keys from a channel that is encrypted, in one sentence; else empty."""
        return self._keyrings.trouble(entry.name) if self._keyrings else ""

    def tick(self) -> None:
        """Let each packager notice what time it is: it lists a gap when nothing came, or lets go of media."""
        for entry in self._entries.values():
            entry.publisher.tick()
        for _, publisher in self._closed:
            publisher.tick()
        self._closed = [(name, publisher) for name, publisher in self._closed if not publisher.idle]
        if self._keyrings:
            on_air = {name for name, entry in self._entries.items() if entry.declared.channel.key_period_s}
            self._keyrings.tick(on_air.union(name for name, _ in self._closed))

    def hear(self, entry: Entry, status: WorkerStatus) -> None:
        """Keep what a worker says of itself."""
        now, offset = self._clock.monotonic_ns(), status.wall_ns - self._clock.wall_ns()
        entry.seats[status.worker] = Seat(status, now, offset)
        shown = entry.publisher.preferred
        if status.worker != shown and entry.taken(shown):
            return
        entry.status = status
        # A worker that is not on air yet has not heard what stands, and says nothing of it.
        if status.ticks:
            self.stands(entry, standing_of(status))
        entry.heard, entry.offset = now, offset

    def comes(self, entry: Entry, worker: int) -> None:
        """Take note that one of two workers is there."""
        if entry.declared.channel.workers > 1:
            self._note(entry, EventKind.WORKER_THERE, worker)

    def goes(self, entry: Entry, worker: int) -> None:
        """Take note that a worker is not there any more."""
        stays = self.get(entry.name) is entry and not self.leaving
        if stays and not entry.taken(worker):
            paired = entry.declared.channel.workers > 1
            self._note(entry, EventKind.WORKER_GONE if paired else EventKind.WORKER_LOST, worker)

    def _note(self, entry: Entry, kind: EventKind, worker: int) -> None:
        now = self._clock.wall_ns()
        self.events.hear(self._life, next(self._numbers), Event(
            wall_ns=now, channel=entry.name, kind=kind, severity=severity_of(kind),
            data={"worker": worker + 1, "left": len(entry.workers)},
        ))

    def stands(self, entry: Entry, standing: dict[str, Any] | None) -> None:
        """Keep what an operator has set, for a worker that begins later: over a power cut too."""
        if standing != entry.standing:
            entry.standing = standing
            if self._kept:
                self._kept.write(entry.name, standing)

    def open_to_all(self, name: ChannelId) -> bool:
        """Whether everybody may watch the channel: not when it is closed, nor when there is no such channel."""
        entry = self._entries.get(name)
        return name in self._left_open if entry is None else entry.declared.channel.open_to_all

    def titles(self) -> list[tuple[ChannelId, str]]:
        """Ids and titles, in the order in which pages list them."""
        return [(entry.name, entry.declared.channel.title) for entry in self]


async def dismiss(links: Iterable[web.WebSocketResponse], word: str = "") -> None:
    """End control connections, all at once, with a last word if there is one; a dead one holds nothing up."""
    await asyncio.gather(*(_part(link, word) for link in list(links)))


async def _part(link: web.WebSocketResponse, word: str) -> None:
    with suppress(Exception):  # whatever state it is in: it is over
        async with asyncio.timeout(PARTING):
            if word:
                await link.send_json({"do": word})
            await link.close()
