"""T-10: a second flow of RTP or of a bare transport stream, at the port or in the group of a feed that is on air.

The first sender's pictures alone may be seen. Where the network itself keeps the other away (a group with a named
source) nothing is told of it; else it is an alarm, and the time until that is measured.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread

from tests.faults.crafted import rtp_head
from tests.faults.relay import free_port
from tests.faults.transport import Packet, read, sections_of
from tests.soak.hostile.ways import Way
from tests.soak.threats.house import House, Watched, house, proven
from tests.soak.threats.row import Outcome, Row, Turn, Wishes

OURS, THEIRS = "127.0.0.1", "127.0.0.66"
GROUP = "232.7.7.{}"
LONG = 6.0
"""Seconds that the second flow lasts."""
ALARMED = 5.0
REPETITIONS = 5
_CLEAR = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where the second flow comes from, how many times as much it is, and in which form."""

    name: str
    form: str
    source: str
    times: int
    group: bool = False

    @property
    def channel(self) -> str:
        """The channel whose feed is of that form."""
        return f"{'group' if self.group else 'port'}-{self.form}"


SCENES = tuple(
    Scene(name=f"{form} {name} {times}x", form=form, source=source, times=times, group=group)
    for form in ("udp", "rtp") for times in (1, 10)
    for name, source, group in (
        ("same machine", OURS, False), ("other address", THEIRS, False), ("group, other source", THEIRS, True),
    )
)


class Flow:
    """Sends a clip from an address at its own pace, each datagram so many times, from `with` to its end."""

    def __init__(self, packets: list[Packet], to: tuple[str, int], scene: Scene, source: str, times: int) -> None:
        self._packets, self._to, self._times = packets, to, times
        self._rtp, self._source = scene.form == "rtp", source
        self._ssrc = id(self) & 0xFFFFFFFF
        self._stop = Event()
        self._thread = Thread(target=self._run, name="flow", daemon=True)

    def __enter__(self) -> "Flow":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(5)

    def _run(self) -> None:
        number, began = 0, time.monotonic()
        with socket.socket(type=socket.SOCK_DGRAM) as out:
            out.bind((self._source, 0))
            out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(OURS))
            for some in sections_of(self._packets):
                if self._stop.wait(max(0.0, began + some[0].second - time.monotonic())):
                    return
                for _ in range(self._times):
                    head = rtp_head(number, some[0].second, self._ssrc) if self._rtp else b""
                    with suppress(OSError):
                        out.sendto(head + b"".join(one.data for one in some), self._to)
                    number += 1


class Injection:
    """A channel for each form and way, on one machine."""

    def __init__(self, at: House) -> None:
        self._at = at
        self._films = [read(at.clip(source, 40.0).read_bytes()) for source in (1, 2)]
        self._to: dict[str, tuple[str, int]] = {}
        self._channels = {}
        for number, scene in enumerate({scene.channel: scene for scene in SCENES}.values()):
            port, group = free_port(), GROUP.format(number + 1)
            self._to[scene.channel] = (group if scene.group else OURS, port)
            place = f"{OURS}@{group}:{port}?interface={OURS}" if scene.group else f"{OURS}:{port}"
            self._channels[scene.channel] = at.channel(scene.channel, Way("feed", f"{scene.form}://{place}"))

    def turn(self, number: int) -> Outcome:
        """One scene: the first flow, and the second one beside it."""
        scene = SCENES[number % len(SCENES)]
        watched = self._channels[scene.channel]
        return proven(self._at, [watched], lambda: self._turn(scene, watched))

    def _turn(self, scene: Scene, watched: Watched) -> Outcome:
        to = self._to[scene.channel]
        watched.judged()
        ours, theirs = self._films
        with Flow(ours, to, scene, OURS, 1):
            watched.await_state("live")
            before = watched.feed()["refused"]
            began, alarm = time.time(), 0.0
            with Flow(theirs, to, scene, scene.source, scene.times):
                while time.time() < began + LONG:
                    time.sleep(0.05)
                    if not alarm and watched.feed()["stranger"]:
                        alarm = time.time() - began
            refused = watched.feed()["refused"] - before
            seen = watched.sources(began, began + LONG)
        foreign = sum(ticks for source, ticks in seen.items() if source != 1)
        faults = [f"{scene.name}: {what}" for what in self._wrong(scene, foreign, alarm, seen)]
        losses = [f"{scene.name}: {what}" for what in watched.judged()]
        watched.await_state("waiting")
        time.sleep(_CLEAR)  # until another sender is nobody's rival
        counts = {"scenes": 1, "foreign ticks": foreign, "ticks": seen.get(1, 0), "refused": refused}
        told = {"s until the alarm": round(alarm, 2)} if alarm else {}
        return Outcome(counts={**counts, **told}, faults=tuple(faults), losses=tuple(losses))

    def _wrong(self, scene: Scene, foreign: int, alarm: float, seen: dict[int, int]) -> Iterator[str]:
        if foreign:
            yield f"{foreign} ticks are not of the first sender: {seen}"
        if not seen.get(1):
            yield "the first sender is not on air"
        if scene.group and alarm:
            yield "what the network should have kept away was seen"
        if not scene.group and not 0 < alarm <= ALARMED:
            yield f"the alarm came after {alarm:.1f} s (0: never), {ALARMED:.0f} allowed"


@contextmanager
def injecting(_: Wishes) -> Iterator[Turn]:
    """Four channels."""
    with house() as at:
        yield Injection(at).turn


INJECTION = Row(
    threat="T-10", name="injection", turns=REPETITIONS * len(SCENES), open=injecting,
    most=frozenset({"s until the alarm"}),
)
