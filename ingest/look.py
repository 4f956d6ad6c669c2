"""What is known of one feed now, as far as its runner knows it."""

from dataclasses import dataclass, replace
from typing import Self

from flow.feed import FeedState
from ingest.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """`why` is one sentence, empty while all is well; `received` says what comes in, empty while unknown;
    `captions` which captions it has, `sounds` each sound that it is known to have."""

    state: FeedState = FeedState.STARTING
    why: str = ""
    received: str = ""
    sound: bool = True
    restarts: int = 0
    captions: str = ""
    sounds: tuple[str, ...] = ()

    def lost(self, why: str) -> Self:
        """After its decoder has ended; one that rests has not lost anything."""
        if self.state is FeedState.COLD:
            return self
        return replace(self, state=FeedState.WAITING, why=why, restarts=self.restarts + 1)

    def left_alone(self, why: str) -> Self:
        """What comes in kills decoder after decoder, the last one for that reason."""
        if self.state is FeedState.COLD:
            return self
        whole = f"it ended decoder after decoder ({why}) and is left alone for a minute"
        return replace(self, state=FeedState.QUARANTINED, why=whole, restarts=self.restarts + 1)

    def tried(self) -> Self:
        """Again, after it was left alone."""
        return replace(self, state=FeedState.WAITING) if self.state is FeedState.QUARANTINED else self

    def begun(self, why: str) -> Self:
        """With a new decoder, which waits for something when `why` says so."""
        return replace(self, why=why, received="", sound=True, captions="", sounds=())

    def knows(self, facts: Facts, captions: str, *, all_sounds: bool = False) -> Self:
        """With what its decoder has found in it; `all_sounds` says that there are no others."""
        return replace(
            self, received=facts.received, sound=not facts.mute, captions=captions,
            sounds=facts.sounds if all_sounds else (),
        )

    def rested(self) -> Self:
        """Without a decoder, and without a need for one; what is over stays over."""
        if self.state is FeedState.STOPPED:
            return self
        return type(self)(state=FeedState.COLD, restarts=self.restarts)

    def renewed(self) -> Self:
        """With another decoder, because an operator wants it so."""
        resting = self.state in (FeedState.COLD, FeedState.STOPPED, FeedState.QUARANTINED)
        return self if resting else type(self)(restarts=self.restarts)

    def woken(self) -> Self:
        """With a decoder to come."""
        return replace(self, state=FeedState.STARTING) if self.state is FeedState.COLD else self
