"""What an operator has set and a worker's death does not undo: a cut above all, which took a picture off the air.

The headend tells a worker that begins what the last one said of itself. A take is left to the rules: it ends with
the loss of its feed, and a dead worker has lost them all.
"""

from typing import Any, Final

from flow.status import WorkerStatus
from ingest.switching import Do, Mode, Wish

WHO = "xacast"
WHY = "as before the worker was started again"
CUT: Final = {"mode": Mode.CUT.value, "feed": 0}
"""What stands after a cut."""


def standing_of(status: WorkerStatus | None) -> dict[str, Any] | None:
    """What stands, from the last status heard; None when the rules chose."""
    if status is None or status.mode not in (Mode.HOLD, Mode.CUT):
        return None
    feed = next((at for at, feed in enumerate(status.feeds) if feed.on_air), 0)
    return {"mode": status.mode, "feed": feed}


def wish_of(standing: Any, feeds: int) -> Wish | None:  # noqa: ANN401 - a headend of another version says anything
    """The wish that brings it back, for a channel of so many feeds; None when nothing stands."""
    match standing:
        case {"mode": Mode.CUT.value}:
            return Wish(do=Do.CUT)
        case {"mode": Mode.HOLD.value, "feed": int(feed)}:
            return Wish(do=Do.HOLD, feed=feed if 0 <= feed < feeds else 0)
        case _:
            return None
