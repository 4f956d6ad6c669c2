"""Words on what goes wrong again and again: one a second, and how often it was. Values in, values out."""

from dataclasses import dataclass
from typing import Self

APART_NS = 1_000_000_000
"""Nanoseconds between two words: 25 tracebacks a second would fill a disk in a night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparing:
    """`said_ns` is the monotonic time of the last word, None before the first; `silent` how often since nothing
    was said."""

    said_ns: int | None = None
    silent: int = 0

    def after(self, now_ns: int) -> tuple[Self, int]:
        """After it went wrong again: how many times the word to be said stands for, 0 for none now."""
        if self.said_ns is not None and now_ns - self.said_ns < APART_NS:
            return type(self)(said_ns=self.said_ns, silent=self.silent + 1), 0
        return type(self)(said_ns=now_ns), self.silent + 1
