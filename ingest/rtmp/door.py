"""The RTMP door: one port for all channels of a machine, which lets in who has a key and hands its bytes on.

Everything that is refused is refused alike: another application, a wrong key, a wish to play (T-02). The first
publisher of a feed keeps the air (T-03, F-17). Nothing here decodes, and no key is ever logged.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flow.clock import Clock
from flow.errors import XacastError
from ingest.rtmp.bans import Bans, neighbourhood
from ingest.rtmp.keys import key_of
from ingest.rtmp.limits import DoorLimits
from ingest.rtmp.line import RtmpLine
from ingest.rtmp.message import RtmpError
from ingest.rtmp.refusals import Refusal, Refusals
from ingest.rtmp.relay import RtmpRelay
from ingest.rtmp.session import Event, Left, Media

Find = Callable[[str], Path | None]
"""The socket of the feed that a key belongs to, or None. Called in a thread; may raise XacastError."""

_LONGEST_DELAY = 4.0
_WRONG = "NetStream.Publish.Rejected"
_BUSY = "NetStream.Publish.BadName"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guest:
    """Somebody with a right key."""

    place: Path
    key: str = field(repr=False)


def random_delay() -> float:
    """Seconds before a refusal, so that its time says nothing."""
    return random.SystemRandom().uniform(0, _LONGEST_DELAY)


class RtmpDoor:
    """Lives in one event loop; `start`, then `stop`."""

    def __init__(
        self, *, find: Find, clock: Clock, limits: DoorLimits | None = None,
        delay: Callable[[], float] = random_delay,
    ) -> None:
        self._find = find
        self._clock = clock
        self._limits = limits or DoorLimits()
        self._delay = delay
        self._bans = Bans()
        self._refusals = Refusals()
        self._judging = asyncio.Lock()
        self._on_air: set[Path] = set()
        self._knockers: dict[asyncio.Task[None], str] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; the port, for those who asked for any. Raises OSError when it cannot be had."""
        self._server = await asyncio.start_server(self._open, host, port)
        found: int = self._server.sockets[0].getsockname()[1]
        return found

    async def stop(self) -> None:
        """Close everything."""
        if self._server:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def on_air(self) -> frozenset[Path]:
        """The feeds that have a publisher now."""
        return frozenset(self._on_air)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Who was refused of late."""
        return self._refusals.latest()

    def banned(self) -> dict[str, int]:
        """The addresses and networks that are shut out, each with the nanoseconds that are left of it."""
        now = self._clock.monotonic_ns()
        return {place: until - now for place, until in self._bans.standing(now).items()}

    def restore(self, places: Mapping[str, int]) -> None:
        """Shut out who was shut out by the door before this one, each for so many nanoseconds more. Networks are
        let in again: this door does not know yet who in them has a right key (T-03)."""
        now = self._clock.monotonic_ns()
        for place, left in places.items():
            self._bans.restore(place, now, left)

    def lift(self, place: str) -> None:
        """Let one that is shut out knock again."""
        self._bans.lift(place)
        _log.info("%s may knock again", place)

    def _open(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = writer.get_extra_info("peername")
        address = peer[0] if peer else ""
        full = len(self._tasks) >= self._limits.connections
        if full or self._is_banned(address) or self._knocks(address) >= self._limits.knocking:
            writer.transport.abort()
            return
        if len(self._knockers) >= self._limits.waiting:
            self._show_out()
        task = asyncio.create_task(self._serve(RtmpLine(reader, writer, self._limits.stalled), address))
        self._knockers[task] = address
        self._tasks.add(task)
        task.add_done_callback(self._forget)

    def _knocks(self, address: str) -> int:
        place = neighbourhood(address)
        return sum(neighbourhood(other) == place for other in self._knockers.values())

    def _show_out(self) -> None:
        """Who has waited longest makes room: places held by many addresses keep no publisher out (T-03)."""
        oldest = next(iter(self._knockers))
        self._fail(self._knockers.pop(oldest))
        oldest.cancel()

    def _forget(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        self._knockers.pop(task, None)

    async def _serve(self, line: RtmpLine, address: str) -> None:
        try:
            if guest := await self._let_in(line, address):
                await self._publish(line, address, guest)
            await line.farewell()
        except RtmpError as error:
            _log.info("%s: %s", address, error)
        except TimeoutError:
            _log.info("%s: it was silent for too long", address)
        except OSError as error:
            _log.info("%s: the connection broke: %s", address, error.strerror)
        except Exception as error:  # noqa: BLE001 - one connection's end; what it held may be a key, so no more words
            _log.error("%s: an error that nobody foresaw: %s", address, type(error).__name__)
        finally:
            line.abort()

    async def _let_in(self, line: RtmpLine, address: str) -> _Guest | None:
        """Who may publish, and where, when the key is right; else everything has been said."""
        path = await self._asked(line, address)
        found = None if path is None else await self._judge(path, address)
        task = asyncio.current_task()
        if found and task:
            self._knockers.pop(task, None)
        elif path is not None:
            await asyncio.sleep(self._delay())
            await line.refuse(_WRONG)
        return found

    async def _asked(self, line: RtmpLine, address: str) -> str | None:
        """What is asked for. Who does not come to the point, or speaks something else, has failed (T-02)."""
        try:
            async with asyncio.timeout(self._limits.opening):
                return await line.asked()
        except (TimeoutError, RtmpError):
            self._fail(address)
            raise

    async def _judge(self, path: str, address: str) -> _Guest | None:
        """One at a time: of many guesses at once, none beyond the last allowed one is looked at."""
        async with self._judging:
            if self._is_banned(address):
                reason = "it is banned"
                raise RtmpError(reason)
            ours, key = key_of(path)
            found = await self._look(key)
            if ours and found:
                self._bans.proved(address)
                return _Guest(place=found, key=key)
            self._fail(address)
            return None

    async def _look(self, key: str) -> Path | None:
        try:
            return await asyncio.to_thread(self._find, key)
        except XacastError as error:
            _log.error("keys cannot be looked up: %s", error)
            reason = "keys cannot be looked up"
            raise RtmpError(reason) from None

    async def _publish(self, line: RtmpLine, address: str, guest: _Guest) -> None:
        place = guest.place
        if place in self._on_air:
            _log.warning("%s is refused: %s has a publisher", address, place.stem)
            self._refusals.note(address, self._clock.monotonic_ns(), place.stem)
            await line.refuse(_BUSY)
            return
        self._on_air.add(place)  # nothing is awaited between the look and this: the first one has it
        relay = RtmpRelay(place, self._limits, lambda: self._still(guest))
        try:
            if not await relay.attach():
                _log.warning("%s is refused: no worker waits for %s", address, place.stem)
                await line.refuse(_BUSY)
                return
            _log.info("%s publishes to %s", address, place.stem)
            await self._hand_on(line, relay)
            _log.info("%s has left %s", address, place.stem)
        finally:
            relay.close()
            self._on_air.discard(place)

    async def _still(self, guest: _Guest) -> bool:
        return await self._look(guest.key) == guest.place

    async def _hand_on(self, line: RtmpLine, relay: RtmpRelay) -> None:
        """Until the publisher leaves, or brings neither picture nor sound for too long."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self._limits.silent) as patience:
            events: list[Event] | None = await line.accept()
            while events is not None:
                if messages := [event.message for event in events if isinstance(event, Media)]:
                    await relay.send(messages)
                    patience.reschedule(loop.time() + self._limits.silent)
                if any(isinstance(event, Left) for event in events):
                    return
                events = await line.events()

    def _fail(self, address: str) -> None:
        now = self._clock.monotonic_ns()
        banned = self._bans.failed(address, now)
        self._refusals.note(address, now)
        _log.warning("%s is refused%s", address, ", and banned for a while" if banned else "")

    def _is_banned(self, address: str) -> bool:
        return self._bans.banned(address, self._clock.monotonic_ns())
