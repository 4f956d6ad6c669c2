"""Starts and stops the decoders of a channel's cold feeds, as `ingest/switching/warmth.py` says."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from flow.event import EventKind
from flow.feed import FeedState
from ingest.feed_runner import FeedRunner
from ingest.switching.fitness import RESTING, Sight
from ingest.switching.happening import Happening
from ingest.switching.switching import Switching
from ingest.switching.warmth import Warmth, warmed


class Warmer:
    """Of the feeds that a channel switches between. All but `ask` is called from the pacing thread."""

    def __init__(self, runners: Sequence[FeedRunner]) -> None:
        self._runners = tuple(runners)
        self._warmth = tuple(Warmth.of(cold=runner.feed.cold) for runner in runners)
        self._asked: deque[int] = deque()

    def ask(self, feed: int) -> bool:
        """Whether that feed rests, or was just begun: it is started now, for an operator who wants to see it."""
        if feed >= len(self._warmth) or not self._warmth[feed].resting:
            return False
        self._asked.append(feed)
        return True

    def rests(self, feed: int) -> bool:
        """Whether that feed is not decoded."""
        return feed < len(self._warmth) and not self._warmth[feed].running

    def seen(self, sights: Sequence[Sight]) -> tuple[Sight, ...]:
        """The sights, and in place of nothing why that is so: it was played to its end, nothing is expected, or
        the decoder is starting."""
        return tuple(
            sight if sight.alive else replace(sight, over=True) if runner.played
            else RESTING if warmth.resting else replace(sight, starting=_starts(runner))
            for warmth, sight, runner in zip(self._warmth, sights, self._runners, strict=True)
        )

    def after(self, state: Switching, sights: Sequence[Sight]) -> tuple[Happening, ...]:
        """Start and stop what has to be, after a tick; which ones that were."""
        asked = [self._asked.popleft() for _ in range(len(self._asked))]
        asked += [  # no longer cold, by the operator's word
            at for at, runner in enumerate(self._runners) if self._warmth[at].cold and not runner.feed.cold
        ]
        before = tuple(
            replace(warmth, cold=False, running=True, came=True) if runner.state is FeedState.STOPPED
            else warmth.told(cold=runner.feed.cold)
            for warmth, runner in zip(self._warmth, self._runners, strict=True)
        )
        self._warmth = warmed(before, state, [sight.alive for sight in sights], asked)
        told = []
        for at, (old, new) in enumerate(zip(before, self._warmth, strict=True)):
            if new.running and not old.running:
                self._runners[at].wake()
                told.append(Happening(kind=EventKind.FEED_STARTED, feed=at))
            elif old.running and not new.running:
                self._runners[at].rest()
                told.append(Happening(kind=EventKind.FEED_RESTED, feed=at))
        return tuple(told)


def _starts(runner: FeedRunner) -> bool:
    """Whether its first decoder has neither brought a picture nor failed yet."""
    return runner.state is FeedState.STARTING
