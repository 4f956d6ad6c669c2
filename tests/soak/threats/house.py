"""A running machine for a row, with channels that are watched and whose processes are weighed."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.machine import Machine
from bench.processor import family
from desk.ffmpeg import find_ffmpeg
from tests.faults.clips import Clip, Clips
from tests.faults.limits import STARVED
from tests.faults.look import Looker
from tests.faults.pulse import Pulse
from tests.faults.seen import Seen
from tests.faults.stage import HEIGHT, WIDTH, Stage
from tests.soak.hostile.household import DOOR, household, tracebacks
from tests.soak.hostile.rig import free_tcp_port
from tests.soak.hostile.trial import SETTLING, TRIES, Channel
from tests.soak.hostile.verdict import Reading, stayed, went_on
from tests.soak.hostile.ways import Way
from tests.soak.threats.row import Outcome

until = Stage.until
"""Waits for what a process does and tells nobody."""


class House:
    """`xacast up` on ports of its own; `door` is the one for publishers."""

    def __init__(self, machine: Machine, folder: Path, door: int, pulse: Pulse, stack: ExitStack) -> None:
        self.machine = machine
        self.folder = folder
        self.door = door
        self.ffmpeg = find_ffmpeg("").path
        self.clips = Clips(self.ffmpeg, folder)
        self.pulse = pulse
        self._stack = stack

    def channel(self, name: str, *ways: Way) -> "Watched":
        """A channel on air with these feeds, and a viewer who misses nothing."""
        return Watched(self, Channel(self.machine, name, ways, self._stack))

    def clip(self, source: int, seconds: float = 14.0) -> Path:
        """A clip whose pictures say which source they are of."""
        return self.clips.path(Clip(source=source, seconds=seconds))

    @property
    def supervisor(self) -> int:
        """Its process id."""
        assert self.machine.process is not None
        return self.machine.process.pid

    @property
    def door_process(self) -> int:
        """The process of the publishers' door; raises LookupError without one."""
        for pid in sorted(family(self.supervisor)):
            if DOOR in Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0"):
                return pid
        raise LookupError(DOOR)

    def tracebacks(self) -> frozenset[str]:
        """Errors that nobody foresaw, in its logs."""
        return tracebacks(self.machine.data / "log")


def proven(at: House, watched: "Sequence[Watched]", play: Callable[[], Outcome]) -> Outcome:
    """Play a turn; one whose losses fell together with the machine's own lateness proves nothing, and is played
    again. What was not lost but wrong stands at once."""
    tries = 0
    while True:
        tries += 1
        began, before = time.monotonic(), sum(one.late for one in watched)
        outcome = play()
        starved = at.pulse.longest(began, time.monotonic()) >= STARVED or sum(one.late for one in watched) > before
        if outcome.faults or not outcome.losses or not starved or tries == TRIES:
            return replace(outcome, counts={**outcome.counts, "played again": tries - 1})
        time.sleep(SETTLING)
        for one in watched:
            one.judged()


class Watched:
    """One channel, and what it may not lose from one judgement to the next."""

    def __init__(self, house: House, channel: Channel) -> None:
        self.house = house
        self.channel = channel
        self.looker = Looker(house.ffmpeg, WIDTH, HEIGHT)
        self._reading = channel.reading()
        self._house = self._household(self._reading)
        self._logged = house.tracebacks()
        now = time.time()
        self.looker.learn_slate(channel.viewer, now, now)

    @property
    def late(self) -> int:
        """Ticks that its worker counted as late, when it was judged last."""
        return self._reading.late

    def feed(self, number: int = 0) -> dict[str, Any]:
        """A feed as status has it."""
        found: dict[str, Any] = self.channel.report()["worker"]["status"]["feeds"][number]
        return found

    def await_state(self, wanted: str, number: int = 0, patience: float = 20.0) -> float:
        """Wait until a feed is in a state; the wall time of that. Raises AssertionError when it never is."""
        return until(lambda: self.feed(number)["state"] == wanted, patience, f"the feed is never {wanted}")

    def judged(self) -> list[str]:
        """What went wrong since this was asked last: with the channel, its segments, and the processes that may
        not die."""
        reading = self.channel.reading()
        house = self._household(reading)
        new = self.house.tracebacks() - self._logged
        found = [
            *went_on(self._reading, reading), *self.channel.missed(), *stayed(self._house, house),
            *(f"an error that nobody foresaw: {line}" for line in sorted(new)),
        ]
        self._reading, self._house, self._logged = reading, house, self._logged | new
        return [f"{self.channel.name}: {what}" for what in found]

    def look(self, begin: float, end: float) -> Seen:
        """What was on air between two wall times."""
        return self.looker.look(self.channel.viewer, begin, end)

    def sources(self, begin: float, end: float) -> dict[int, int]:
        """Ticks of each source, 1 to 9, that was on air between two wall times; -1 is a broken picture."""
        found: dict[int, int] = {}
        for tick in self.look(begin, end).shown:
            if tick.mark or tick.broken:
                source = tick.mark.source if tick.mark else -1
                found[source] = found.get(source, 0) + 1
        return found

    def house_now(self) -> dict[str, int]:
        """The processes behind it that may not die, by their roles."""
        return self._house

    def _household(self, reading: Reading) -> dict[str, int]:
        return household(self.house.supervisor, {self.channel.name: reading.pid})


@contextmanager
def house(log: str = "error") -> Iterator[House]:
    """A machine of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xacast-threats-")))
        folder.chmod(0o755)
        door = free_tcp_port()
        machine = Machine(log=log)
        machine.env |= {"XACAST_RTMP": f"127.0.0.1:{door}"}
        stack.enter_context(machine)
        with ExitStack() as viewers:
            yield House(machine, folder, door, stack.enter_context(Pulse()), viewers)
