"""How a channel's programme is going."""

from dataclasses import dataclass

from flow.feed import FeedStatus
from flow.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeStatus:
    """What is on air ("live", "held", "slate"), how many ticks were emitted and how, and the feeds.

    `mode` says who chooses ("auto", "pinned", "hold", "cut"), `since_ns` since when this feed or the slate is on
    air (wall clock), `switches` how often the rules have changed the feed, `standing` what an operator has set.
    """

    on_air: str
    mode: str
    since_ns: int
    switches: int
    ticks: int
    ticks_held: int
    ticks_slate: int
    ticks_late: int
    feeds: tuple[FeedStatus, ...]
    standing: Standing
