"""Whether the file of a still picture's sound can be used: the picture is not lost with it. Values in and out."""

from dataclasses import dataclass, replace
from typing import Self

from flow.feed import Feed, FeedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class StillSound:
    """`broken` is why the next decoder goes without it, empty while it goes with it."""

    broken: str = ""

    def of(self, feed: Feed) -> Feed:
        """The feed as the next decoder has it."""
        return replace(feed, sound="") if self.broken else feed

    @property
    def why(self) -> str:
        """What status says of it beside the picture; empty while all is well."""
        return f"the file of its sound is left out, there is silence: {self.broken}" if self.broken else ""

    def after(self, feed: Feed, why: str) -> Self:
        """After a decoder of that feed has ended by itself for that reason.

        A still picture and its sound never end, so one of them is broken. Nobody can tell which: they are tried
        together and the picture alone, in turn, until something lasts.
        """
        if feed.kind is not FeedKind.STILL or not feed.sound:
            return self
        return type(self)(broken="" if self.broken else why)
