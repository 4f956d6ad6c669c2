"""What operators wish, on its way to the tick that obeys."""

from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock

from flow.errors import OperatorError
from ingest.switching import Wish

ROOM = 16
"""Orders that may wait; one is obeyed each tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One wish, whose it is and why. `done` becomes the place of the tick in which it is in effect."""

    wish: Wish
    who: str = ""
    why: str = ""
    done: "Future[int]" = field(default_factory=Future, compare=False)


class Orders:
    """A short line of orders. Safe from any thread; no call waits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[Order] = deque()

    def add(self, order: Order) -> None:
        """Put one in line; raises OperatorError when the line is full."""
        with self._lock:
            if len(self._waiting) >= ROOM:
                problem = f"{ROOM} commands wait already"
                raise OperatorError(problem, "Wait a moment, and look at `xacast status`")
            self._waiting.append(order)

    def next(self) -> Order | None:
        """The one to obey now. One that nobody waits for any more is passed over: its time is past."""
        with self._lock:
            while self._waiting:
                order = self._waiting.popleft()
                if order.done.set_running_or_notify_cancel():
                    return order
        return None
