"""How a channel's programme is going."""

from dataclasses import dataclass

from flow.feed import FeedStatus
from flow.standing import Standing

ALONE = "slides"
"""What is on air when slides stand where the slate would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeStatus:
    """What is on air ("live", "held", "slate", or ALONE), how many ticks were emitted and how, and the feeds.

    `layout` says how speaker and slides share the picture now, and `layout_ns` since when (wall clock); empty for
    a channel without slides.

    `mode` says who chooses ("auto", "pinned", "hold", "cut", "schedule"), `since_ns` since when this feed or
    the slate is on air (wall clock), `switches` how often the rules have changed the feed, `standing` what an
    operator has set.
    """

    on_air: str
    layout: str
    layout_ns: int
    mode: str
    since_ns: int
    switches: int
    ticks: int
    ticks_held: int
    ticks_slate: int
    ticks_late: int
    feeds: tuple[FeedStatus, ...]
    standing: Standing
