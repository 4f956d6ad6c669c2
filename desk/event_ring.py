"""The worker's last events, numbered, until every headend has heard them."""

from collections import deque
from threading import Lock
from typing import Any

from flow.event import Event

KEEP = 256


class EventRing:
    """One life of a worker. Safe from any thread; no call waits.

    Numbers begin at 1 with each life; `life` tells lives apart, so a headend never takes an event for one that
    it has heard before.
    """

    def __init__(self, life: int) -> None:
        self.life = life
        self._lock = Lock()
        self._kept: deque[tuple[int, Event]] = deque(maxlen=KEEP)
        self._last = 0

    def add(self, event: Event) -> None:
        """Keep one more; the oldest goes when there is no room."""
        with self._lock:
            self._last += 1
            self._kept.append((self._last, event))

    def after(self, number: int) -> list[tuple[int, Event]]:
        """What is kept of those with a higher number."""
        with self._lock:
            return [(at, event) for at, event in self._kept if at > number]


def events_message(life: int, events: list[tuple[int, Event]]) -> dict[str, Any]:
    """Events as the control connection carries them up."""
    listed = [{"number": number, **event.to_json()} for number, event in events]
    return {"tell": "events", "life": life, "events": listed}
