"""T-09: streams that are made to cost, a minute each, into running channels, three at a time.

While one comes, the channel's segments stay on cadence and its worker and the headend grow by half at most; what
shows nothing is the slate; and afterwards the feed takes a good stream again.
"""

import random
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from threading import Event, Thread

from tests.faults.clips import Clip
from tests.faults.transport import Packet, read
from tests.soak.hostile.household import weights
from tests.soak.hostile.ways import UdpWay
from tests.soak.threats.bombs import BOMBS, Stream, looped, untouched
from tests.soak.threats.house import House, house, proven, until
from tests.soak.threats.row import Outcome, Row, Turn, Wishes

STREAMS, LANES = 60, 3
GOOD = Clip(source=1, seconds=12.0)
CLIPS = {
    "1000 pictures a second": Clip(source=2, seconds=3.0, fps="1000", width=160, height=90, gop=500),
    "one key picture": Clip(source=2, seconds=60.0, gop=100_000, width=160, height=90),
    "no rhythm": Clip(source=2, seconds=8.0, fps="120", uneven=True, width=160, height=90),
    "other sizes": Clip(source=2, seconds=1.0, width=640, height=360),
}
ENOUGH = 1.5
"""By what worker and headend may have grown."""
SLATED = 8.0
"""Seconds in which the slate must stand where no picture comes: 5, the last one's time, and a decoder's end."""
AGAIN = 90.0
"""Seconds in which a good stream must be shown: a quarantine lasts for a minute."""
CADENCE = 15.0
"""Seconds from one judgement to the next, less than a viewer keeps."""
_LOOK = 1.0
_FASTEST = 17_000
"""Packets a second beyond which a stream is sent slower than it says: a million in a minute, 25 Mb/s."""


def names() -> list[str]:
    """Each kind as often as it takes to make all of them."""
    kinds = [*BOMBS, *CLIPS]
    return [kinds[number % len(kinds)] for number in range(STREAMS)]


class Bomber:
    """Sends a stream to a port until it is told to stop."""

    def __init__(self, port: int, stream: Stream) -> None:
        self._port, self._stream = port, stream
        self._stop = Event()
        self._thread = Thread(target=self._run, name="bomber", daemon=True)
        self.sent = 0

    def __enter__(self) -> "Bomber":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(10)

    @property
    def alive(self) -> bool:
        """Whether it goes on: a stream has no end of its own."""
        return self._thread.is_alive()

    def _run(self) -> None:
        began = time.monotonic()
        with socket.socket(type=socket.SOCK_DGRAM) as out:
            while some := list(islice(self._stream, 7)):
                due = max(some[0].second, self.sent / _FASTEST)
                if self._stop.wait(max(0.0, began + due - time.monotonic())):
                    return
                with suppress(OSError):
                    out.sendto(b"".join(one.data for one in some), ("127.0.0.1", self._port))
                self.sent += len(some)


class Lane:
    """One channel, and what its worker weighed when all was well."""

    def __init__(self, at: House, number: int) -> None:
        self.port_way = UdpWay(f"udp {number}")
        self.port = int(self.port_way.address.rpartition(":")[2])
        self.watched = at.channel(f"lane-{number}", self.port_way)
        self.normal: dict[str, int] = {}

    def weigh(self) -> dict[str, int]:
        """KiB of its worker and the headend."""
        house = self.watched.house_now()
        kept = {role: pid for role, pid in house.items() if role.startswith(("worker", "headend"))}
        return {role.partition(" ")[0]: weight.memory for role, weight in weights(kept).items()}


class Explosions:
    """Three lanes."""

    def __init__(self, at: House, wishes: Wishes) -> None:
        self._at, self._seed, self._seconds = at, wishes.seed, wishes.seconds
        self._good = self._packets(GOOD)
        self._lanes = [Lane(at, number) for number in range(LANES)]
        with ExitStack() as senders:
            for lane in self._lanes:
                senders.enter_context(Bomber(lane.port, untouched(looped(self._good), random.Random())))
            for lane in self._lanes:
                lane.watched.await_state("live")
            time.sleep(CADENCE)
            for lane in self._lanes:
                lane.normal = lane.weigh()

    def turn(self, number: int) -> Outcome:
        """One stream for each lane."""
        return proven(self._at, [lane.watched for lane in self._lanes], lambda: self._turn(number))

    def _turn(self, number: int) -> Outcome:
        kinds = names()[number * LANES:(number + 1) * LANES]
        chance = random.Random(f"bombs/{self._seed}/{number}")
        for lane in self._lanes:
            lane.watched.judged()
        faults, losses = list[str](), list[str]()
        began = time.monotonic()
        with ExitStack() as senders:
            bombers = [
                senders.enter_context(Bomber(lane.port, self._stream(kind, random.Random(chance.random()))))
                for lane, kind in zip(self._lanes, kinds, strict=True)
            ]
            grown = self._watch(kinds, faults, losses)
            faults += [f"{kind}: it has ended" for kind, one in zip(kinds, bombers, strict=True) if not one.alive]
        counts: dict[str, float] = {"streams": len(kinds), "packets": sum(one.sent for one in bombers)}
        counts |= {f"times the {role}": most for role, most in grown.items()}
        counts["s late"] = self._at.pulse.longest(began, time.monotonic())
        for lane, kind in zip(self._lanes, kinds, strict=True):
            losses += [f"{kind}: {what}" for what in _ended(lane)]
        counts["s until a good stream"] = self._good_again(kinds, losses)
        return Outcome(counts=counts, faults=tuple(faults), losses=tuple(losses))

    def _watch(self, kinds: list[str], faults: list[str], losses: list[str]) -> Counter[str]:
        """For as long as they are sent: how many times its normal weight each role came to at most."""
        most: Counter[str] = Counter()
        began = judged = time.monotonic()
        dark = dict.fromkeys(kinds, began)
        while time.monotonic() < began + self._seconds:
            time.sleep(_LOOK)
            for lane, kind in zip(self._lanes, kinds, strict=True):
                for role, memory in lane.weigh().items():
                    times = round(memory / lane.normal[role], 2)
                    if times > ENOUGH >= most[role]:
                        faults.append(f"{kind}: the {role} takes {times} times what it took")
                    most[role] = max(most[role], times)
                report = lane.watched.channel.report()
                shown = {report["state"], report["worker"]["status"]["feeds"][0]["state"]} & {"live", "slate"}
                dark[kind] = time.monotonic() if shown else dark[kind]
                if time.monotonic() > dark[kind] + SLATED:
                    losses.append(f"{kind}: the channel is {report['state']} for more than {SLATED:.0f} s")
                    dark[kind] = time.monotonic()
            if time.monotonic() > judged + CADENCE:
                judged = time.monotonic()
                for lane, kind in zip(self._lanes, kinds, strict=True):
                    losses += [f"{kind}: {what}" for what in lane.watched.judged()]
        return most

    def _good_again(self, kinds: list[str], losses: list[str]) -> float:
        """Seconds until every feed shows a good stream."""
        began = time.monotonic()
        with ExitStack() as senders:
            for lane in self._lanes:
                senders.enter_context(Bomber(lane.port, looped(self._good)))
            for lane, kind in zip(self._lanes, kinds, strict=True):
                try:
                    lane.watched.await_state("live", patience=max(1.0, began + AGAIN - time.monotonic()))
                except AssertionError as error:
                    losses.append(f"{kind}: {error}: it is {lane.watched.feed()['why']}")
            took = time.monotonic() - began
        for lane, kind in zip(self._lanes, kinds, strict=True):
            losses += [f"{kind}: {what}" for what in lane.watched.judged()]
        return took

    def _stream(self, kind: str, chance: random.Random) -> Stream:
        if kind in BOMBS:
            return BOMBS[kind](looped(self._good), chance)
        packets = self._packets(CLIPS[kind])
        if kind == "other sizes":
            return _by_turns(looped(packets), looped(self._good))
        return looped(packets)

    def _packets(self, clip: Clip) -> list[Packet]:
        return read(self._at.clips.path(clip).read_bytes())


def _ended(lane: Lane) -> list[str]:
    """Whether the slate comes when nobody sends any more, and what went wrong until then."""
    report, found = lane.watched.channel.report, list[str]()
    try:
        until(lambda: report()["state"] == "slate", SLATED, "the slate does not come when the stream is over")
    except AssertionError as error:
        found.append(str(error))
    return found + lane.watched.judged()


def _by_turns(one: Stream, other: Stream) -> Stream:
    """A second of this, a second of that."""
    streams, second = [one, other], 0
    while True:
        for packet in streams[second % 2]:
            if packet.second >= second + 1:
                break
            if packet.second >= second:
                yield packet
        second += 1


@contextmanager
def exploding(wishes: Wishes) -> Iterator[Turn]:
    """Three channels."""
    with house() as at:
        yield Explosions(at, wishes).turn


EXPLOSIONS = Row(
    threat="T-09", name="bombs", turns=STREAMS // LANES, open=exploding,
    most=frozenset({"times the worker", "times the headend", "s late", "s until a good stream"}),
)
