"""What each tick shows: the rules, as a function of values. No I/O, no clock but the count of ticks."""

from dataclasses import dataclass
from enum import StrEnum

HOLD = 25
"""Ticks for which the last good picture stands in for a lost one: 1 s. Then the slate, or another feed."""
RETURN = 75
"""Ticks that a better feed must have been live without a break before it is shown again: 3 s."""


class Show(StrEnum):
    """What a tick shows."""

    LIVE = "live"
    HELD = "held"
    SLATE = "slate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """State between two ticks: `feed` is the one on air (or last on air), `missing` ticks since it was live,
    `healthy` for each feed the ticks that it has been live without a break."""

    feed: int | None = None
    missing: int = 0
    healthy: tuple[int, ...] = ()


def mix(state: Mix, live: tuple[bool, ...]) -> tuple[Mix, Show]:
    """The next state and what to show, when `live` says which feeds, best first, have a tick to show."""
    before = state.healthy or (0,) * len(live)
    healthy = tuple(count + 1 if alive else 0 for count, alive in zip(before, live, strict=True))
    feed = _chosen(state, live, healthy)
    if feed is None:
        return Mix(feed=None, missing=0, healthy=healthy), Show.SLATE
    if live[feed]:
        return Mix(feed=feed, missing=0, healthy=healthy), Show.LIVE
    missing = state.missing + 1
    return Mix(feed=feed, missing=missing, healthy=healthy), Show.HELD if missing <= HOLD else Show.SLATE


def _chosen(state: Mix, live: tuple[bool, ...], healthy: tuple[int, ...]) -> int | None:
    """The feed to show: another only when there was none, when the present one is lost, or when a better one is
    back for good."""
    first = next((index for index, alive in enumerate(live) if alive), None)
    if state.feed is None:
        return first
    better = next((index for index in range(state.feed) if healthy[index] >= RETURN), None)
    if better is not None:
        return better
    if not live[state.feed] and state.missing >= HOLD and first is not None:
        return first
    return state.feed
