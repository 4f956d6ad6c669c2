"""What operators, and the schedule, can wish of a channel's picture."""

from dataclasses import dataclass, field
from enum import StrEnum

from flow.curtain import Curtain
from flow.layout import Layout


class Do(StrEnum):
    """What an operator can wish; a curtain is the schedule's wish."""

    TAKE = "take"
    HOLD = "hold"
    RELEASE = "release"
    CUT = "cut"
    LAYOUT = "layout"
    CAPTION = "caption"
    CURTAIN = "curtain"


DRESSING = frozenset({Do.LAYOUT, Do.CAPTION})
"""Wishes that change how a tick looks, and not which feed it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An operator's wish.

    `feed` counts from 0 and matters to a take, and to a hold before anything was on air; a `patient` take waits
    for a feed that has no picture yet. `layout`, `text` and `curtain` go with the wishes of those names, an empty
    text takes the line away. `down` is where a curtain was left, None for one that is told just now.
    """

    do: Do
    feed: int = 0
    patient: bool = False
    layout: Layout = Layout.AUTO
    text: str = ""
    curtain: Curtain = field(default_factory=Curtain)
    down: bool | None = None
