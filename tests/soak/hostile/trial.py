"""A running machine whose channels are brought broken media, and what becomes of it."""

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

from bench.machine import Machine
from desk.machine_key import headers_with, key_for_reading
from tests.faults.limits import STARVED
from tests.faults.pulse import Pulse
from tests.faults.viewer import Reader, Viewer, fragments
from tests.soak.hostile.household import household, tracebacks, weights, written
from tests.soak.hostile.outside import Grounds, strangers_files
from tests.soak.hostile.pieces import Piece
from tests.soak.hostile.publisher import RtmpWay
from tests.soak.hostile.verdict import Reading, Weight, returned, stayed, unbroken, went_on
from tests.soak.hostile.ways import Way

DWELL = 3.0
"""Seconds of a turn: a decoder is begun, finds out what it has, and shows or fails."""
SETTLING = 6.0
LOOK = 0.4
FRESH = 5.0
TRIES = 3
REVIVAL = 60.0
"""Seconds in which every feed must be able to show something good again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Of one turn: sentences on what went wrong, ways whose pictures were seen, seconds by which the machine
    itself was late at most, and whether that, or ticks that came late, shows that it had too much to do."""

    faults: tuple[str, ...]
    seen: frozenset[str]
    late: float = 0.0
    starved: bool = False


class Channel:
    """One channel with a feed for each way, and the viewer who watches it."""

    def __init__(self, machine: Machine, name: str, ways: Sequence[Way], stack: ExitStack) -> None:
        self.machine = machine
        self.name = name
        self.ways = tuple(ways)
        feeds = [word for way in ways for word in ("--feed", way.address)]
        told = machine.run("start", name, "--open", *feeds, "--ladder", "tiny", "--force", "--insecure")
        keys = iter(re.findall(r"stream key (\S+)", told))
        for way in ways:
            if isinstance(way, RtmpWay):
                way.key = next(keys)
        self.viewer = stack.enter_context(Viewer(machine.viewers, name))
        self._url = f"{machine.operators}/api/v1/channels/{name}"
        self._trim = 0
        self._told: dict[str, int] = {}
        self._problems = 0

    def report(self) -> dict[str, Any]:
        """As `xacast status --json` has it."""
        headers = headers_with(key_for_reading(self.machine.data))
        with urllib.request.urlopen(urllib.request.Request(self._url, headers=headers), timeout=10) as answer:
            found: dict[str, Any] = json.loads(answer.read())
        return found

    def reading(self, report: dict[str, Any] | None = None) -> Reading:
        """The channel now."""
        report = report or self.report()
        status = report["worker"]["status"]
        return Reading(
            wall_ns=status["wall_ns"], state=report["state"], pid=status["pid"], ticks=status["ticks"],
            run=status["run"], encoder_restarts=status["encoder_restarts"], late=status["ticks_late"],
        )

    def begin_anew(self, names: frozenset[str]) -> None:
        """Let these feeds begin anew: that is what another trim does, and a millisecond is nothing."""
        self._trim = 1 - self._trim
        trims = [f"{at}={self._trim}" for at, way in enumerate(self.ways, 1) if way.name in names]
        if trims:
            self._ask("PATCH", self._url, {"each": {"trim": trims}, "who": "test"})

    def take(self, number: int) -> None:
        """Let one of the feeds be on air, as an operator would who does not know what it brings.

        The order is refused when the feed has no picture.
        """
        with suppress(urllib.error.HTTPError):
            self._ask("POST", f"{self._url}/commands", {
                "do": "take", "feed": number % len(self.ways), "who": "test",
            })

    def missed(self) -> list[str]:
        """What its viewer has missed since this was asked last."""
        found = [f"{name}: {what}" for name in ("picture", "sound") for what in self._missed(name)]
        problems = [*self.viewer.picture.seen.problems, *self.viewer.sound.seen.problems]
        found += problems[self._problems:]
        self._problems = len(problems)
        return found

    def _missed(self, name: str) -> list[str]:
        reader: Reader = getattr(self.viewer, name)
        last = self._told.get(name, 0)
        with reader.lock:
            new = [one for msn, one in sorted(reader.taken.items()) if msn > last]
        self._told[name] = new[-1].msn if new else last
        return unbroken(last, (
            (one.msn, one.gap, one.discontinuity, sum(lasts for _, lasts, _ in fragments(one.body))) for one in new
        ))

    def _ask(self, method: str, url: str, words: dict[str, Any]) -> None:
        headers = {**headers_with(key_for_reading(self.machine.data)), "Content-Type": "application/json"}
        order = urllib.request.Request(url, json.dumps(words).encode(), headers, method=method)
        with urllib.request.urlopen(order, timeout=10) as answer:
            answer.read()


class Trial:
    """All of it, from the first turn to the last."""

    def __init__(
        self, machine: Machine, grounds: Grounds, channels: Sequence[Channel], pulse: Pulse
    ) -> None:
        assert machine.process is not None
        self._supervisor = machine.process.pid
        self._machine, self._grounds, self._channels, self._pulse = machine, grounds, channels, pulse
        self._placed = frozenset(path.name for path in grounds.feeds.iterdir())
        self._shared = strangers_files()
        self._logged = tracebacks(machine.data / "log")
        self._number = 0
        self._readings = {channel.name: channel.reading() for channel in channels}
        self._first = dict(self._readings)
        self._house = self._household()
        self.first_weights: dict[str, Weight] = {}
        self.weights: dict[str, Weight] = {}

    @property
    def ways(self) -> list[Way]:
        """Of all channels."""
        return [way for channel in self._channels for way in channel.ways]

    @property
    def house(self) -> Mapping[str, int]:
        """The processes that may not die, by their roles."""
        return self._house

    def turn(self, pieces: Mapping[str, Piece], *, anew: bool = True) -> Outcome:
        """Bring each way its piece at the same time, and say what that did.

        With `anew` feeds of the network begin anew, too; without it they get it in the midst of what they have.
        """
        self._number += 1
        began, before = time.monotonic(), self._late_ticks()
        try:
            outcome = self._turn(pieces, anew=anew)
        except OSError as error:
            outcome = Outcome(faults=(f"the headend does not answer: {error}",), seen=frozenset())
        late = self._pulse.longest(began, time.monotonic())
        return replace(outcome, late=late, starved=late >= STARVED or self._late_ticks() > before)

    def proven(self, pieces: Mapping[str, Piece], *, anew: bool = True) -> Outcome:
        """As `turn`; what went wrong while the machine itself was late proves nothing, and is played again."""
        for _ in range(TRIES):
            outcome = self.turn(pieces, anew=anew)
            if not outcome.faults or not outcome.starved:
                break
            self.settle()
        return outcome

    def settle(self) -> None:
        """Wait until what was lost has been listed, and forget it."""
        time.sleep(SETTLING)
        with suppress(OSError):  # the next turn says so
            for _ in self._judged():
                pass
            self._first = dict(self._readings)

    def _turn(self, pieces: Mapping[str, Piece], *, anew: bool) -> Outcome:
        stop = Event()
        turns = [way for way in self.ways if way.name in pieces]
        for way in turns:
            way.place(pieces[way.name])
        names = frozenset(way.name for way in turns if anew or way.anew)
        for channel in self._channels:
            channel.begin_anew(names)
            channel.take(self._number)
        senders = [Thread(target=way.send, args=(stop,), daemon=True) for way in turns]
        for sender in senders:
            sender.start()
        try:
            seen = self._dwell(senders)
        finally:
            stop.set()
            for sender in senders:
                sender.join(5)
        return Outcome(faults=tuple(self._judged()), seen=frozenset(seen))

    def revive(self, good: Mapping[str, Piece]) -> list[str]:
        """Bring every feed something good until it was seen; which were not, and what else was wrong."""
        missing, found = {way.name for way in self.ways}, []
        until = time.monotonic() + REVIVAL
        anew = True
        while missing and time.monotonic() < until:
            outcome = self.proven({name: good[name] for name in missing}, anew=anew)
            missing -= outcome.seen
            found += outcome.faults
            anew = not anew
        return found + [f"{name} shows nothing any more: {self._why(name)}" for name in sorted(missing)]

    def weigh(self) -> list[str]:
        """What weighs more than when it was weighed first, and what did not go on since the beginning."""
        time.sleep(SETTLING)  # nobody sends
        self.weights = weights(self._house)
        self.first_weights = self.first_weights or self.weights
        now = {channel.name: channel.reading() for channel in self._channels}
        found = [f"{name}: {what}" for name in now for what in went_on(self._first[name], now[name])]
        return found + returned(self.first_weights, self.weights)

    def _dwell(self, senders: Sequence[Thread]) -> set[str]:
        seen: set[str] = set()
        until = time.monotonic() + DWELL
        while time.monotonic() < until or any(sender.is_alive() for sender in senders):
            time.sleep(LOOK)
            for channel in self._channels:
                states = [feed["state"] for feed in channel.report()["worker"]["status"]["feeds"]]
                seen |= {way.name for way, state in zip(channel.ways, states, strict=True) if state == "live"}
            if time.monotonic() > until + 2 * DWELL:
                break
        return seen

    def _judged(self) -> Iterator[str]:
        for channel in self._channels:
            report = channel.report()
            reading = channel.reading(report)
            if not report["fresh"]:
                yield f"{channel.name}: viewers do not find what the worker makes"
            yield from (f"{channel.name}: {what}" for what in went_on(self._readings[channel.name], reading))
            yield from (f"{channel.name}: {what}" for what in channel.missed())
            self._readings[channel.name] = reading
        house = self._household()
        yield from stayed(self._house, house)
        self._house = house
        yield from written(self._supervisor, self._machine.data)
        yield from self._grounds.trespasses(self._placed, self._shared)
        new = tracebacks(self._machine.data / "log") - self._logged
        self._logged |= new
        yield from (f"an error that nobody foresaw: {line}" for line in sorted(new))
        yield from filter(None, (way.touched() for way in self.ways))

    def _late_ticks(self) -> int:
        return sum(reading.late for reading in self._readings.values())

    def _household(self) -> dict[str, int]:
        return household(self._supervisor, {name: one.pid for name, one in self._readings.items()})

    def _why(self, name: str) -> str:
        for channel in self._channels:
            for way, feed in zip(channel.ways, channel.report()["worker"]["status"]["feeds"], strict=True):
                if way.name == name:
                    return f"it is {feed['state']}, {feed['why']}"
        return "there is no such feed"


@contextmanager
def trial(channels: Mapping[str, Sequence[Way]], folder: Path, grounds: Grounds, door: int) -> Iterator[Trial]:
    """A machine of its own with these channels; `door` is the port of its RTMP door."""
    data = folder / "data"
    data.mkdir()
    machine = Machine(log="error", data=data, stands=grounds.stands)
    machine.env |= {**grounds.environment, "XACAST_RTMP": f"127.0.0.1:{door}"}
    with machine, ExitStack() as stack:
        made = [Channel(machine, name, ways, stack) for name, ways in channels.items()]
        yield Trial(machine, grounds, made, stack.enter_context(Pulse()))
