"""T-01: forged datagrams at the port of an SRT listener, while another channel's SRT feed is watched.

They are made of a call that a relay has recorded. A tenth of them are conclusions that carry a cookie which the
listener has given to who sends them. The watched channel may lose no segment; nothing may come on air in the
attacked one; and after each turn the caller with the right passphrase must be taken.
"""

import random
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.faults.relay import Relay, free_port
from tests.faults.senders import Sender, srt_to
from tests.soak.hostile.ways import Way
from tests.soak.threats.forgery import answered, conclusions, forged, inductions, wounded
from tests.soak.threats.house import House, house, proven, until
from tests.soak.threats.row import Outcome, Row, Turn, Wishes

DATAGRAMS = 5_000
TURNS = 20
RATE = 1_000
"""Datagrams a second."""
_SECRET = "0123456789abcdefGEHEIM-soak"
_OURS, _OTHERS, _RECORDED = 1, 2, 3
TAKEN = 15.0
"""Seconds in which the right caller must be taken: one who is held for him is let go after 3.5."""
_REPLY = 0.5
BURST = 25
_STRANGERS = 16


class Recorder(Relay):
    """Keeps what callers have sent."""

    def __init__(self, target: int) -> None:
        super().__init__(target)
        self.recorded: list[bytes] = []

    def taken(self, data: bytes, sender: tuple[str, int]) -> None:
        """As the relay does, and remembered."""
        self.recorded.append(data)
        super().taken(data, sender)


class Flood:
    """An attacked channel, a channel beside it, and a recorded call to the first."""

    def __init__(self, at: House, stack: ExitStack, seed: int) -> None:
        self._at, self._seed = at, seed
        key = at.folder / "key"
        key.write_text(f"{_SECRET}\n")
        self._port, other = free_port(), free_port()
        address = "srt://127.0.0.1:{}?mode=listener&latency=240"
        self._attacked = at.channel(
            "attacked", Way("srt", f"{address.format(self._port)}&passphrase={{file:{key}}}"),
        )
        self._beside = at.channel("beside", Way("srt", address.format(other)))
        stack.enter_context(Sender(at.ffmpeg, srt_to(other), [at.clip(_OTHERS)]))
        self._beside.await_state("live")
        with Recorder(self._port) as relay:
            self._call(relay.port, _RECORDED)
            self._recorded = [data for data in relay.recorded if data]
        assert conclusions(self._recorded), "no call was recorded"
        self._restarts = self._beside.feed()["restarts"]

    def turn(self, number: int) -> Outcome:
        """So many datagrams, and then the right caller."""
        return proven(self._at, (self._attacked, self._beside), lambda: self._turn(number))

    def _turn(self, number: int) -> Outcome:
        chance = random.Random(f"flood/{self._seed}/{number}")
        for channel in (self._attacked, self._beside):
            channel.judged()
        began, clock = time.time(), time.monotonic()
        sent, deep, live = self._attack(chance)
        ended = time.time()
        losses = [*self._attacked.judged(), *self._beside.judged()]
        late = self._at.pulse.longest(clock, time.monotonic())
        shown = self._attacked.sources(began, ended)
        attack = sum(ticks for source, ticks in shown.items() if source != _OURS)  # who has just left may linger
        seen = self._beside.sources(began, ended)
        took = self._call(self._port)
        losses += [*self._attacked.judged(), *self._beside.judged()]
        faults = []
        if live or attack:
            faults.append(f"the attack is on air: {live} looks at a feed that is live, ticks of sources {shown}")
        if set(seen) != {_OTHERS}:
            losses.append(f"the other channel showed sources {sorted(seen)}")
        if (restarts := self._beside.feed()["restarts"]) != self._restarts:
            losses.append(f"the other channel's feed began anew {restarts - self._restarts} times")
            self._restarts = restarts
        return Outcome(
            counts={
                "datagrams": sent, "with the cookie": deep, "ticks beside": sum(seen.values()),
                "ticks of the attack": attack, "s until the right caller": took, "s late": late,
            }, faults=tuple(faults), losses=tuple(losses),
        )

    def _attack(self, chance: random.Random) -> tuple[int, int, int]:
        """How many were sent, how many of them with a cookie, and how often the feed was live meanwhile."""
        deep = live = 0
        began = looked = time.monotonic()
        with ExitStack() as doors:
            strangers = [doors.enter_context(socket.socket(type=socket.SOCK_DGRAM)) for _ in range(_STRANGERS)]
            for one in strangers:
                one.connect(("127.0.0.1", self._port))
                one.settimeout(_REPLY)
            cookies = [self._cookie(one) for one in strangers]
            for number in range(DATAGRAMS):
                if number % BURST == 0:
                    time.sleep(max(0.0, began + number / RATE - time.monotonic()))
                stranger = chance.randrange(len(strangers))
                data = forged(self._recorded, chance)
                if chance.randrange(10) == 0 and (cookie := cookies[stranger]):
                    deep += 1
                    data = wounded(answered(chance.choice(conclusions(self._recorded)), cookie), chance)
                _send(strangers[stranger], data)
                if time.monotonic() > looked + 1:
                    looked = time.monotonic()
                    live += self._attacked.feed()["state"] == "live"
        return DATAGRAMS, deep, live

    def _cookie(self, stranger: socket.socket) -> bytes:
        """The listener's answer to a call that begins; empty when it gives none."""
        _send(stranger, inductions(self._recorded)[0])
        try:
            while data := stranger.recv(2_048):
                if inductions([data]):
                    return data
        except OSError:
            pass
        return b""

    def _call(self, port: int, source: int = _OURS) -> float:
        """The right caller is taken, and leaves; seconds until its picture was there."""
        began = time.monotonic()
        to = f"{srt_to(port)}&passphrase={_SECRET}&pbkeylen=32"
        with Sender(self._at.ffmpeg, to, [self._at.clip(source)]):
            self._attacked.await_state("live", patience=TAKEN)
            took = time.monotonic() - began
        status = self._attacked.channel.report
        until(lambda: status()["state"] == "slate", TAKEN, "the caller who has left is on air")
        return took


def _send(stranger: socket.socket, data: bytes) -> None:
    try:
        stranger.send(data)
    except OSError:  # nobody listens just now
        return


@contextmanager
def flooding(wishes: Wishes) -> Iterator[Turn]:
    """Two channels."""
    with house() as at, ExitStack() as stack:
        yield Flood(at, stack, wishes.seed).turn


FLOOD = Row(
    threat="T-01", name="srt-flood", turns=TURNS, open=flooding,
    most=frozenset({"s until the right caller", "s late"}),
)
