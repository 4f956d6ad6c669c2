"""What a row of the threats is to the harness: turns that are played one after the other, each with its counts."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line asks for. `seconds` is the length of a stream of T-09."""

    seed: int = 1
    seconds: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Of one turn: what was counted, and sentences on what went wrong; `losses` are those that a machine which had
    too much to do would explain."""

    counts: Mapping[str, float] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


Turn = Callable[[int], Outcome]
"""Plays the turn of that number, counted from 0; the same one for the same seed, as far as the clock lets it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`open` brings up what its turns need, once for all that are left of them. `most` are counts of which the
    largest is told in the end; the others are added up."""

    threat: str
    name: str
    turns: int
    open: Callable[[Wishes], AbstractContextManager[Turn]]
    most: frozenset[str] = frozenset()
