"""What operators wish, on its way to the tick that obeys."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from threading import Lock

from flow.errors import OperatorError
from ingest.switching.fitness import Fitness
from ingest.switching.wish import Do, Wish

ROOM = 16
"""Orders that may wait; one is obeyed each tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One wish, whose it is and why. `restored` says that it is of the worker's last life, and of nobody now.
    `done` becomes the place of the tick in which it is in effect."""

    wish: Wish
    who: str = ""
    why: str = ""
    restored: bool = False
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


def allowed(wish: Wish, fitness: Sequence[Fitness], shown: Sequence[str]) -> Wish:
    """The wish as it can be obeyed: a take of a cold feed waits for it.

    `fitness` is of the feeds to switch between, `shown` of all, slides last. Raises OperatorError for a take of
    one that is not there, brings the slides, or has no picture, and for a layout without slides.
    """
    if wish.do is Do.LAYOUT and len(shown) == len(fitness):
        problem = "this channel has no slides, so there is nothing to lay out: it shows one picture"
        remedy = "A channel has slides when it was started with --slides ADDRESS: stop it, and start it so"
        raise OperatorError(problem, remedy)
    if wish.do is not Do.TAKE:
        return wish
    at = wish.feed
    if len(fitness) <= at < len(shown):
        problem = f"feed {at + 1} ({shown[at]}) brings the slides"
        raise OperatorError(problem, "Use `xacast layout`")
    if not 0 <= at < len(fitness):
        problem = f"there is no feed {at + 1}"
        raise OperatorError(problem, f"This channel has {len(fitness)}")
    if fitness[at] is Fitness.COLD:  # it is started now
        return replace(wish, patient=True)
    if fitness[at] is Fitness.LOST and not wish.patient:
        problem = f"feed {at + 1} ({shown[at]}) has no picture now"
        raise OperatorError(problem, "Take another one, or wait until it is back")
    return wish
