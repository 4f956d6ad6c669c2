"""One running xacast with one channel, a relay in front of each feed, and a viewer that misses nothing."""

import json
import os
import random
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from bench.machine import Machine
from bench.processor import family
from desk.ffmpeg import find_ffmpeg
from desk.machine_key import headers_with, key_for_reading
from flow.timebase import TICK
from tests.faults.clips import Clip, Clips
from tests.faults.crafted import CraftedCall, CraftedSender
from tests.faults.limits import EVEN, FOLLOWED_SKEW, HICCUP, SAME_SKEW, SLOWED, STARVED
from tests.faults.look import BASES, Looker
from tests.faults.pulse import Pulse
from tests.faults.relay import Relay, free_port
from tests.faults.seen import Seen
from tests.faults.senders import LATENCY, Sender, srt_to, udp_to
from tests.faults.transport import Packet, read
from tests.faults.viewer import Viewer
from tests.soak import victims

WIDTH, HEIGHT = 426, 240
WAYS = {"twin": 2}
"""Ways of a kind of feed; one where nothing is said."""


class Feed:
    """One feed of the channel: the relays in front of it, and the address that the product is given.

    A "twin" has two ways of the same RTP packets, each with a relay of its own; others have one.
    """

    def __init__(self, kind: str, ways: Sequence[Relay]) -> None:
        self.kind = kind
        self.ways = tuple(ways)
        port = self.relay.target
        self.address = {
            "srt": f"srt://127.0.0.1:{port}?mode=listener&latency={LATENCY // 1_000}",
            "udp": f"udp://127.0.0.1:{port}",
            "twin": f"rtp://127.0.0.1:{port}?twin=127.0.0.1:{self.ways[-1].target}",
        }[kind]

    @property
    def relay(self) -> Relay:
        """The only way, or the first."""
        return self.ways[0]

    def to(self, latency: int = LATENCY) -> str:
        """Where a sender sends: the relay. `latency` in microseconds."""
        return srt_to(self.relay.port, latency) if self.kind == "srt" else udp_to(self.relay.port)


class Stage:
    """What a scenario works with."""

    def __init__(
        self, machine: Machine, channel: str, feeds: list[Feed], viewer: Viewer, clips: Clips, pulse: Pulse
    ) -> None:
        self.machine = machine
        self.channel = channel
        self.feeds = feeds
        self.viewer = viewer
        self.clips = clips
        self.ffmpeg = find_ffmpeg("").path
        self._looker = Looker(self.ffmpeg, WIDTH, HEIGHT)
        self._base = 0
        self._pulse = pulse
        self._began, self._late_before = time.monotonic(), 0
        self.looked: Seen | None = None

    def sender(
        self, *clips: Clip, feed: int = 0, offset: float = 0.0, latency: int = LATENCY
    ) -> Sender:
        """A sender of these clips to a feed, through its relay."""
        paths = [self._path(clip) for clip in clips]
        to = self.feeds[feed].to(latency)
        return Sender(self.ffmpeg, to, paths, offset=offset, folder=paths[0].parent)

    def air(self, sender: Sender | CraftedSender, patience: float = 15.0) -> float:
        """Wait until a sender that has just begun, after the slate, is on air; the wall time of that."""
        return self.await_on_air("live", max(0.0, sender.started + patience - time.time()))

    def learn(self) -> None:
        """Nobody sends yet: what is on air now is the slate."""
        now = time.time()
        self._looker.learn_slate(self.viewer, now, now)

    def clear(self) -> None:
        """Wait until nothing of the scenario before is on air; what it left is told from what comes now."""
        self._base = BASES - self._base
        self.looked = None
        for relay in (relay for feed in self.feeds for relay in feed.ways):
            relay.become()
        self.await_on_air("slate")
        self._began, self._late_before = time.monotonic(), self.worker()["ticks_late"]

    def late(self) -> bool:
        """Whether the machine was late since the scenario began: by what the worker counts itself, or by what the
        harness's own pulse missed."""
        ticks, seconds = self.lateness()
        return ticks > 0 or seconds >= STARVED

    def lateness(self) -> tuple[int, float]:
        """Ticks that the worker counted as late since the scenario began, and seconds that the pulse missed."""
        ticks = self.worker()["ticks_late"] - self._late_before
        return ticks, self._pulse.longest(self._began, time.monotonic())

    def complaints(self) -> list[str]:
        """What the worker says of feeds that are not well."""
        told = "feed {} is {} after {} restarts: {}"
        return [
            told.format(place, feed["state"], feed["restarts"], feed["why"])
            for place, feed in enumerate(self.worker()["feeds"]) if feed["why"]
        ]

    def evenness(self) -> tuple[int, int]:
        """Ticks for which a picture may stand, and ms between pictures, as `steady` takes them.

        A picture that is left out is forgiven only where the machine was late.
        """
        if self.late():
            return HICCUP
        return SLOWED if any(feed["rate_ppm"] < 0 for feed in self.worker()["feeds"]) else EVEN

    def same_skew(self) -> int:
        """Milliseconds by which sound and picture may move against each other where only time stamps change."""
        return FOLLOWED_SKEW if any(feed["rate_ppm"] for feed in self.worker()["feeds"]) else SAME_SKEW

    def crafted(self, packets: Sequence[Packet], feed: int = 0) -> CraftedSender:
        """A sender of crafted packets to a feed, through its relay; to a twin both ways, in RTP, over SRT in one
        call."""
        if self.feeds[feed].kind == "srt":
            return CraftedCall(self.ffmpeg, self.feeds[feed].to(), packets)
        ways = self.feeds[feed].ways
        return CraftedSender([way.port for way in ways], packets, rtp=self.feeds[feed].kind == "twin")

    def packets(self, clip: Clip) -> list[Packet]:
        """A clip's packets, ready to be crafted."""
        return read(self._path(clip).read_bytes())

    def _path(self, clip: Clip) -> Path:
        return self.clips.path(replace(clip, source=clip.source + self._base))

    def signal(self, role: str, number: int) -> float:
        """Send a signal to the channel's "decoder" or "encoder"; the wall time of that."""
        os.kill(tool(self.worker()["pid"], role), number)
        return time.time()

    def look(self, begin: float, end: float, *, closely: bool = False) -> Seen:
        """What was on air between two wall times."""
        self.looked = self._looker.look(self.viewer, begin, end, closely=closely, base=self._base)
        return self.looked

    def worker(self) -> dict[str, Any]:
        """The worker's status now."""
        url = f"{self.machine.operators}/api/v1/channels/{self.channel}"
        asked = urllib.request.Request(url, headers=headers_with(key_for_reading(self.machine.data)))
        with urllib.request.urlopen(asked, timeout=5) as answer:
            found: dict[str, Any] = json.loads(answer.read())["worker"]["status"]
        return found

    def take(self, feed: int) -> tuple[float, int]:
        """Order a feed on air: the wall time of the command, and the unit of the tick that the worker answers."""
        url = f"{self.machine.operators}/api/v1/channels/{self.channel}/commands"
        body = json.dumps({"do": "take", "feed": feed, "who": "test"}).encode()
        headers = {**headers_with(key_for_reading(self.machine.data)), "Content-Type": "application/json"}
        order = urllib.request.Request(url, body, headers)
        asked = time.time()
        with urllib.request.urlopen(order, timeout=5) as answer:
            return asked, json.loads(answer.read())["tick"] * TICK

    def await_arrival(self, feed: int, since: float, patience: float = 10.0) -> float:
        """Wall time of the first datagram of the sender that began at `since`."""
        relay = self.feeds[feed].relay
        self.until(lambda: bool(relay.since(since)), patience, "the sender sends nothing")
        return relay.since(since)[0]

    def await_on_air(self, wanted: str, patience: float = 15.0) -> float:
        """Wait until the worker says that it shows `wanted` ("live", "slate"); the wall time of that."""
        return self.until(lambda: self.worker()["on_air"] == wanted, patience, f"the channel is never {wanted}")

    def await_feed_on_air(self, feed: int, patience: float = 15.0) -> float:
        """Wait until a feed is live and the one on air."""
        def there() -> bool:
            status = self.worker()
            return bool(status["on_air"] == "live" and status["feeds"][feed]["on_air"])

        return self.until(there, patience, f"feed {feed} is never on air")

    @staticmethod
    def until(there: Callable[[], bool], patience: float, sentence: str) -> float:
        """Wait until something holds; the wall time at which it did."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if there():
                return time.time()
            time.sleep(0.05)
        raise AssertionError(sentence)


@contextmanager
def staged(
    machine: Machine, clips: Clips, channel: str, kinds: Sequence[str], pulse: Pulse, seed: int = 1
) -> Iterator[Stage]:
    """A channel on air with these kinds of feeds ("srt", "udp", "twin"), the best first; stopped afterwards."""
    with ExitStack() as stack:
        seeds = count(seed)
        feeds = [
            Feed(kind, [stack.enter_context(Relay(free_port(), next(seeds))) for _ in range(WAYS.get(kind, 1))])
            for kind in kinds
        ]
        words = [word for feed in feeds for word in ("--feed", feed.address)]
        machine.run("start", channel, "--open", *words, "--ladder", "tiny", "--force", *_insecure(machine))
        stack.callback(machine.run, "stop", channel)
        stage = Stage(machine, channel, feeds, stack.enter_context(Viewer(machine.viewers, channel)), clips, pulse)
        stage.learn()
        yield stage


def _insecure(machine: Machine) -> list[str]:
    """The harness's listeners have no passphrase: say so where the product asks for one."""
    return ["--insecure"] if "--insecure" in machine.run("start", "--help") else []


def tool(root: int, role: str) -> int:
    """The FFmpeg below a process that plays a role; not what only started or confines it."""
    def plays(pid: int) -> bool:
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            return victims.role(words) == role and "ffmpeg" in Path(f"/proc/{pid}/exe").readlink().name
        except OSError:  # it has just gone
            return False

    return next(pid for pid in sorted(family(root)) if plays(pid))


def pause(seconds: float) -> None:
    """Let the programme run: the harness works in real time, as the programme does."""
    time.sleep(max(0.0, seconds))


def until(moment: float) -> float:
    """Wait for a wall time; the wall time now."""
    pause(moment - time.time())
    return time.time()


def phase(seed: int, number: str) -> random.Random:
    """The chances of one repetition."""
    return random.Random(f"{seed}/{number}")
