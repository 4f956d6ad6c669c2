"""Brings back what an operator has set, when a worker begins: nobody has to notice that the last one died.

The headend tells a worker that begins what the last one said of itself.
"""

from dataclasses import replace
from typing import Any

from flow.curtain import Curtain
from flow.standing import NOTHING, Standing
from flow.status import WorkerStatus
from ingest.switching.wish import Do, Wish


def standing_of(status: WorkerStatus) -> dict[str, Any] | None:
    """What stands, from the last status heard; None when nothing does."""
    return None if status.standing == NOTHING else status.standing.to_json()


def wishes_of(words: Any, feeds: int) -> tuple[Wish, ...]:  # noqa: ANN401 - a headend of another version says anything
    """The wishes that bring it back, for a channel of so many feeds to switch between.

    A cut comes first: not one tick may show what was taken off. The taken feed is not there yet and may never be
    again: it is waited for, and the rules choose meanwhile. The curtain is where it was left.
    """
    standing = Standing.from_json(words)
    wishes = []
    if standing.cut:
        wishes.append(Wish(do=Do.CUT))
    if standing.curtain is not None:
        wishes.append(Wish(do=Do.CURTAIN, curtain=standing.curtain, down=standing.down))
    if standing.held is not None and standing.held < feeds:
        wishes.append(Wish(do=Do.HOLD, feed=standing.held))
    if standing.taken is not None and standing.taken < feeds:
        wishes.append(Wish(do=Do.TAKE, feed=standing.taken, patient=True))
    if standing.layout is not NOTHING.layout:
        wishes.append(Wish(do=Do.LAYOUT, layout=standing.layout))
    if standing.text:
        wishes.append(Wish(do=Do.CAPTION, text=standing.text))
    return tuple(wishes)


def with_curtain(words: dict[str, Any] | None, curtain: Curtain) -> dict[str, Any] | None:
    """What stands after the schedule's word, where no worker is there to obey it."""
    before = Standing.from_json(words)
    now = replace(before, curtain=curtain if curtain.key else None)
    if before.held is None and curtain.key != (before.curtain.key if before.curtain else ""):
        now = replace(now, down=curtain.down, taken=None if curtain.down else now.taken)
    return None if now == NOTHING else now.to_json()


def with_cut(words: dict[str, Any] | None) -> dict[str, Any]:
    """What stands after a cut."""
    before = Standing.from_json(words)
    return replace(before, cut=True, taken=None).to_json()
