"""The channels of a headend: each with its definition, its packager, and what its worker last said."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from desk.event_log import EventLog
from desk.pending import Pending
from desk.registry import Declared
from desk.standing import standing_of
from desk.standing_file import StandingFile
from flow.clock import Clock
from flow.ids import ChannelId
from flow.status import WorkerStatus
from flow.store import StoreWriter
from origin.keyrings import Keyrings
from packager.publisher import Publisher
from packager.ts.recipe import Recipes

PARTING = 1.0
"""Seconds that a worker's connection gets to end in good order."""


@dataclass(slots=True)
class Entry:
    """One channel on this headend.

    `links` are the open control connections of its workers; `heard` is the monotonic time of the last status, or
    of the opening, and `offset` the worker's wall clock minus the headend's, both in nanoseconds; `standing` is
    what an operator has set.
    """

    declared: Declared
    publisher: Publisher
    links: set[web.WebSocketResponse] = field(default_factory=set)
    status: WorkerStatus | None = None
    standing: dict[str, Any] | None = None
    heard: int = 0
    offset: int = 0

    @property
    def name(self) -> ChannelId:
        """The channel's id."""
        return self.declared.channel.id

    @property
    def fresh(self) -> bool:
        """Whether every rendition has media of the worker's present run, not only of an earlier life."""
        run = self.status.run if self.status else 0
        return run > 0 and all(place.run == run for place in self.publisher.positions().renditions.values())


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
        self._entries: dict[ChannelId, Entry] = {}
        self._closed: list[tuple[ChannelId, Publisher]] = []  # they still let go of their media, bit by bit

    def __iter__(self) -> Iterator[Entry]:
        return iter([self._entries[name] for name in sorted(self._entries)])

    def get(self, name: str) -> Entry | None:
        """The channel of that name, or None."""
        return self._entries.get(ChannelId(name))

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
        entry.publisher.close()
        if self._kept:
            self._kept.write(name, None)
        self._forget(name)
        self._closed.append((name, entry.publisher))
        await dismiss(entry.links, "stop")

    async def change(self, entry: Entry, declared: Declared, who: str) -> None:
        """Let a channel go on with other settings, and tell its workers."""
        if declared.channel.window_s != entry.declared.channel.window_s:
            entry.publisher.resize(declared.channel.window_s)
        entry.declared = declared
        for link in list(entry.links):
            with suppress(ConnectionError):  # it has just gone: the next one hears it first of all
                await link.send_json({"do": "run", "definition": declared.told(), "who": who})

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

    def hear(self, entry: Entry, status: WorkerStatus) -> None:
        """Keep what a worker says of itself."""
        entry.status = status
        # A worker that is not on air yet has not heard what stands, and says nothing of it.
        if status.ticks:
            self.stands(entry, standing_of(status))
        entry.heard = self._clock.monotonic_ns()
        entry.offset = status.wall_ns - self._clock.wall_ns()

    def stands(self, entry: Entry, standing: dict[str, Any] | None) -> None:
        """Keep what an operator has set, for a worker that begins later: over a power cut too."""
        if standing != entry.standing:
            entry.standing = standing
            if self._kept:
                self._kept.write(entry.name, standing)

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
