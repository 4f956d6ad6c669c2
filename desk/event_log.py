"""What happened on a headend's channels: kept in memory for those who ask, and on the disk for later."""

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import Any

from desk.event_file import EventFile
from desk.event_text import EventWords
from flow.event import Event

KEEP = 2_000
LIVES = 8
"""Lives of a channel's workers whose last number is remembered: one that is connected is among them."""


class EventLog:
    """Lives in the event loop; only `grown` waits. Each event has an `id` that grows, also over restarts."""

    def __init__(self, file: EventFile | None = None) -> None:
        self._file = file
        self._words = EventWords.load()
        self._records: deque[dict[str, Any]] = deque(maxlen=KEEP)
        self._heard: dict[str, dict[int, int]] = {}
        self._grown = asyncio.Event()
        for record in file.read(KEEP) if file else ():
            self._records.append(record)
            if isinstance(record.get("life"), int) and isinstance(record.get("number"), int):
                self._hear(str(record.get("channel")), record["life"], record["number"])

    @property
    def last(self) -> int:
        """The newest id, 0 before there is any."""
        return int(self._records[-1]["id"]) if self._records else 0

    def hear(self, life: int, number: int, event: Event) -> None:
        """Keep a worker's event; one that was heard before is dropped."""
        if number <= self._heard.get(event.channel, {}).get(life, 0):
            return
        self._hear(event.channel, life, number)
        self._keep({**self._words.record(event), "life": life, "number": number})

    def note(self, event: Event) -> None:
        """Keep an event of this headend's own."""
        self._keep(self._words.record(event))

    def _keep(self, words: dict[str, Any]) -> None:
        record = {"id": self.last + 1, **words}
        self._records.append(record)
        if self._file:
            self._file.append(record)
        grown, self._grown = self._grown, asyncio.Event()
        grown.set()

    def heard(self, channel: str) -> dict[str, int]:
        """The last number heard of each life of a channel's workers, for a worker that connects again."""
        return {str(life): number for life, number in self._heard.get(channel, {}).items()}

    def after(self, known: int, channel: str = "") -> list[dict[str, Any]]:
        """Records newer than the id `known`, of one channel or of all, oldest first."""
        return [record for record in self._records if record["id"] > known and channel in ("", record["channel"])]

    def back(self, channel: str) -> Iterator[dict[str, Any]]:
        """Records of one channel, newest first."""
        return (record for record in reversed(self._records) if record.get("channel") == channel)

    async def grown(self, known: int) -> None:
        """Wait until there is something newer than the id `known`."""
        while self.last <= known:
            await self._grown.wait()

    def _hear(self, channel: str, life: int, number: int) -> None:
        lives = self._heard.setdefault(channel, {})
        lives[life] = max(number, lives.pop(life, 0))  # the latest life last
        while len(lives) > LIVES:
            del lives[next(iter(lives))]
