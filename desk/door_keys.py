"""The door's view of the registry: keys as they are declared now, so that a new channel needs no restart."""

from pathlib import Path
from threading import Lock

from desk.door_feeds import known_keys
from desk.registry import Registry
from flow.clock import Clock
from ingest.rtmp.keys import match

FRESH = 500_000_000
"""Nanoseconds that one reading of the registry serves: guessing shall not keep the disk busy."""


class DoorKeys:
    """Looks keys up. Safe from any thread; a call may reach the disk."""

    def __init__(self, *, registry: Registry, run: Path, clock: Clock) -> None:
        self._registry = registry
        self._run = run
        self._clock = clock
        self._lock = Lock()
        self._known: list[tuple[str, Path]] = []
        self._until = 0

    def find(self, key: str) -> Path | None:
        """The socket of the feed whose key it is, or None; raises ToolError when the registry cannot be read."""
        with self._lock:
            now = self._clock.monotonic_ns()
            if now >= self._until:
                channels = [declared.channel for declared in self._registry.channels() if not declared.remote]
                self._known = known_keys(self._run, channels)
                self._until = now + FRESH
            return match(key, self._known)
