"""Looks for an input that a reader does not stand: one after the other, made from those that led to new lines."""

import logging
import random
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from tests.soak.parsers.arcs import Arc, Arcs
from tests.soak.parsers.json_mutation import JsonMutation
from tests.soak.parsers.mutation import LONGEST, Mutation
from tests.soak.parsers.target import Target

ALLOWED = 1.0
"""Seconds of CPU time for one input."""

_KEPT = 2_000
"""Inputs of a corpus, the oldest of which go."""


class HangError(BaseException):
    """An input took longer than ALLOWED. No `except Exception` of a reader holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """An input that a reader did not stand, and how it ended: the error with the place where it was raised."""

    data: bytes
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catch:
    """What a hunt brought; `grown` is by how much more memory the process took at most, in KiB."""

    runs: int
    arcs: int
    corpus: tuple[bytes, ...]
    falls: tuple[Fall, ...]
    slowest: float
    grown: int


class Hunt:
    """One target and one seed. `corpus` are inputs that an earlier hunt kept."""

    def __init__(
        self, target: Target, seed: str, corpus: Sequence[bytes] = (),
        before: Callable[[bytes], None] = lambda _data: None,
    ) -> None:
        """`before` hears each input before it is read: it knows which one ended the process."""
        self._target = target
        self._chance = random.Random(seed)
        ways = (Mutation(self._chance, target.words), *([JsonMutation(self._chance)] if target.json else []))
        self._ways: Sequence[Mutation | JsonMutation] = ways
        self._arcs = Arcs(target.modules)
        self._before = before
        self._seen: set[Arc] = set()
        self._corpus: list[bytes] = []
        self._falls: dict[str, Fall] = {}
        self._slowest = 0.0
        self._begin = [*target.seeds(), *corpus]

    def run(self, count: int) -> Catch:
        """Read so many inputs, the first ones first."""
        floor = _peak()
        logging.disable()  # readers say a word about each broken input
        with _limited():
            for number in range(count):
                data = self._begin[number] if number < len(self._begin) else self._next()
                self._read(data)
        logging.disable(logging.NOTSET)
        return Catch(
            runs=count, arcs=len(self._seen), corpus=tuple(self._corpus), falls=tuple(self._falls.values()),
            slowest=self._slowest, grown=_peak() - floor,
        )

    def _next(self) -> bytes:
        corpus = self._corpus or [b""]
        # The newest are the least known.
        newest = corpus[-20:] if self._chance.random() < 0.5 else corpus
        way = self._chance.choice(self._ways)
        return way.of(self._chance.choice(newest), self._chance.choice(corpus))[:LONGEST]

    def _read(self, data: bytes) -> None:
        self._before(data)
        started = time.process_time()
        fall = fall_of(self._target, data, self._arcs.of)
        self._slowest = max(self._slowest, time.process_time() - started)
        if fall is not None:
            self._falls.setdefault(fall.how, fall)
        elif not self._arcs.taken <= self._seen:
            self._seen |= self._arcs.taken
            self._corpus.append(data)
            del self._corpus[:-_KEPT]


def fall_of(target: Target, data: bytes, through: Callable[[Callable[[], object]], Any]) -> Fall | None:
    """How a target falls over an input; None when it does not. `through` runs what it is given."""
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, ALLOWED)
        try:
            through(lambda: target.run(data))
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except target.declared:
        return None
    except HangError:
        return Fall(data=data, how=f"longer than {ALLOWED:g} s")
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{frame.filename.rpartition('/')[2]}:{frame.name}" for frame in frames[-2:]]
        return Fall(data=data, how=f"{type(error).__name__} in {' > '.join(places)}")
    return None


@contextmanager
def _limited() -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, _hang)
    try:
        yield
    finally:
        signal.signal(signal.SIGVTALRM, before)


def _hang(_number: int, _frame: FrameType | None) -> None:
    raise HangError


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
