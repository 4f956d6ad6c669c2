"""Plays scenarios side by side: most of a scenario is waiting, so channels of one machine share the time.

Those that need a quiet machine are played when the others are over, one channel at a time.
"""

import time
import traceback
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread

from bench.machine import Machine
from tests.faults.catalogue import QUIET, SRT, UDP, Scenario
from tests.faults.clips import Clips
from tests.faults.limits import STARVED
from tests.faults.pulse import Pulse
from tests.faults.stage import Stage, phase, staged

WIDE: dict[tuple[str, ...], int] = {UDP: 2, SRT: 1}
"""Channels for each kind of feeds; one where nothing is said."""
WORTH = 2
"""Scenarios that must wait for a channel so that a lane that is through with its own begins another for them."""
REPLAYS = 2
"""A scenario that failed while the machine was late is played again, at most so often. On a quiet machine
none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one repetition of a scenario went; no faults is well. `story` is what the viewer saw."""

    name: str
    turn: int
    seconds: float
    faults: tuple[str, ...]
    story: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Turn:
    scenario: Scenario
    number: int
    outcome: "Future[Outcome]"


class Lanes:
    """Channels of one machine, each with a thread that plays what is asked of its kind, one after the other, and
    then, on a channel of another kind, what waits there.

    One more thread waits for their end, and plays what needs a quiet machine.
    """

    def __init__(self, machine: Machine, clips: Clips, seed: int) -> None:
        self._machine = machine
        self._clips = clips
        self._seed = seed
        self._queues: dict[tuple[str, ...], deque[_Turn]] = {}
        self._quiet: dict[tuple[str, ...], deque[_Turn]] = {}
        self._starting = Lock()
        self._stop = Event()
        self._threads: list[Thread] = []
        self._pulse = Pulse()

    def play(self, turns: Iterable[tuple[Scenario, int]]) -> "list[Future[Outcome]]":
        """Begin to play these (scenario, number of the repetition); what comes of each, later."""
        outcomes = []
        for scenario, number in turns:
            turn = _Turn(scenario, number, Future())
            queues = self._quiet if scenario.name in QUIET else self._queues
            queues.setdefault(scenario.feeds, deque()).append(turn)
            outcomes.append(turn.outcome)
        for feeds, queue in self._queues.items():
            for lane in range(min(len(queue), WIDE.get(feeds, 1))):
                name = f"{'-'.join(feeds)}-{lane}"
                self._threads.append(Thread(target=self._work, args=(name, feeds, lane), daemon=True))
        self._threads.append(Thread(target=self._run_quiet, args=(tuple(self._threads),), daemon=True))
        self._pulse.__enter__()
        for thread in self._threads:
            thread.start()
        return outcomes

    def stop(self) -> None:
        """Begin no further scenario, and wait for those that are played."""
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
        self._pulse.__exit__()

    def _run_quiet(self, others: Sequence[Thread]) -> None:
        for other in others:
            other.join()
        for feeds, queue in self._quiet.items():
            self._run(f"{'-'.join(feeds)}-quiet", feeds, queue, 0)

    def _work(self, name: str, feeds: tuple[str, ...], lane: int) -> None:
        self._run(name, feeds, self._queues[feeds], lane)
        others = max(self._queues, key=lambda kind: len(self._queues[kind]))
        if len(self._queues[others]) >= WORTH and not self._stop.is_set():
            self._run(f"{'-'.join(others)}-by-{name}", others, self._queues[others], lane)

    def _run(self, name: str, feeds: Sequence[str], queue: deque[_Turn], lane: int) -> None:
        try:
            with self._starting:
                channel = staged(self._machine, self._clips, name, feeds, self._pulse, self._seed + lane)
                stage = channel.__enter__()
            try:
                while queue and not self._stop.is_set():
                    self._turn(stage, queue)
            finally:
                channel.__exit__(None, None, None)
        except Exception as error:  # noqa: BLE001 - whoever waits for an outcome hears of it
            for turn in queue:
                with suppress(Exception):
                    turn.outcome.set_exception(error)

    def _played(self, stage: Stage, turn: _Turn, again: int) -> list[str]:
        chance = phase(self._seed, f"{turn.scenario.name}/{turn.number}/{again}")
        try:
            found = turn.scenario.play(stage, chance)
            late = "{} ticks of the worker were late, the pulse {:.3f} s".format(*stage.lateness())
            return [*found, late, *stage.complaints()] if found else []
        except Exception as error:  # noqa: BLE001 - a scenario that cannot be played to its end has failed
            return [str(error) or repr(error), traceback.format_exc(limit=-3)]

    def _turn(self, stage: Stage, queue: deque[_Turn]) -> None:
        with suppress(IndexError):  # another lane was quicker
            turn = queue.popleft()
            began = time.monotonic()
            for again in range(REPLAYS + 1):
                start = time.monotonic()
                faults = self._played(stage, turn, again)
                held_up = self._pulse.longest(start, time.monotonic())
                if not faults or held_up < STARVED:
                    break
                faults.append(f"the machine held everybody up for {held_up:.2f} s, {again + 1} times over")
            turn.outcome.set_result(Outcome(
                name=turn.scenario.name, turn=turn.number, seconds=round(time.monotonic() - began, 1),
                faults=tuple(faults), story=tuple(stage.looked.told() if stage.looked else ()),
            ))
