"""How much viewers ask for, counted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerCounts:
    """Since the start: good answers and their body bytes. Now: requests that wait, and the most that ever did."""

    answers: int
    bytes: int
    waiting: int
    most_waiting: int


class Viewers:
    """Counts answers, bytes and waiting requests of one origin, on its event loop."""

    def __init__(self) -> None:
        self._answers = 0
        self._bytes = 0
        self._waiting = 0
        self._most_waiting = 0

    @property
    def waiting(self) -> int:
        """Requests that wait now."""
        return self._waiting

    def answered(self, body_bytes: int) -> None:
        """Count one good answer."""
        self._answers += 1
        self._bytes += body_bytes

    def came(self) -> None:
        """Count one more waiting request."""
        self._waiting += 1
        self._most_waiting = max(self._most_waiting, self._waiting)

    def left(self) -> None:
        """Count one waiting request less."""
        self._waiting -= 1

    def snapshot(self) -> ViewerCounts:
        """The counts as they are now."""
        return ViewerCounts(
            answers=self._answers, bytes=self._bytes, waiting=self._waiting, most_waiting=self._most_waiting,
        )
