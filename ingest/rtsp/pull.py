"""Pulls a stream from an RTSP server by our own client, and lets a front on this machine play it from there.

FFmpeg follows wherever an RTSP server leads. So it does not speak to the server: this client connects, to checked
addresses alone, and a relay on the loopback hands the packets on to a front that only copies (T-04).
"""

import asyncio
import os
import secrets
import socket
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from threading import Lock

from flow.cage import DOOR_PORT
from flow.errors import FeedError
from flow.feed import Feed
from flow.process import Spawn
from ingest.carrier import TOGETHER, Carried
from ingest.front import Front
from ingest.loop_thread import LoopThread
from ingest.reach.destination import checked, connection, place_of
from ingest.reach.gate import Lookup, is_local, system_lookup
from ingest.reach.reach import Border, Reach
from ingest.rtsp.address import RtspAddress, rtsp_address
from ingest.rtsp.datagrams import Datagrams
from ingest.rtsp.relay import RtspRelay
from ingest.rtsp.stream import RtspStream, set_up
from ingest.rtsp.talk import Elsewhere, RtspTalk

_PATIENCE = 5.0
_READY = 15.0
_MOST_STEPS = 3
"""Redirections that are followed (T-04)."""


class RtspPull:
    """A carrier (`ingest.carrier`) of one stream. `patience`: seconds for each answer. With `doors` the front has
    a loopback of its own and nothing else; without, it has that of the machine.

    Raises FeedError for an address that is none.
    """

    apart = TOGETHER
    framed = False

    def __init__(
        self, feed: Feed, *, spawn: Spawn, ffmpeg: str, reach: Reach | None = None,
        lookup: Lookup = system_lookup, patience: float = _PATIENCE, doors: bool = False,
    ) -> None:
        self._feed = feed
        self._spawn = spawn
        self._ffmpeg = ffmpeg
        self._address = rtsp_address(feed.address)
        self._lookup = lookup
        self._patience = patience
        self._doors = doors
        named = place_of(self._address.host, self._address.port)
        self._border = Border(named=named, reach=reach or Reach(), is_local=is_local)
        self._loop = LoopThread("rtsp pull", self._work, self._end)
        self._lock = Lock()
        self._stopped = self._ended = False
        self._front: Front | None = None
        self._door: Future[socket.socket] = Future()
        self._door.set_running_or_notify_cancel()  # a stop in the meantime cancels the waiting, not the door
        self._path = f"/{secrets.token_urlsafe(18)}"
        self._base = self._why = ""

    def start(self) -> list[int]:
        """Connect and set the stream up; the front's pipe. Raises FeedError when it cannot be had."""
        self._loop.start(_READY)
        return self._behind_door() if self._doors else self._beside()

    def _beside(self) -> list[int]:
        """A front that has the machine's network, and is told a port of its loopback."""
        door = socket.create_server(("127.0.0.1", 0))
        self._base = self._base_at(door.getsockname()[1])
        self._hand(door)
        return self._started(None)

    def _behind_door(self) -> list[int]:
        """A front with a loopback of its own, out of which a listener is handed to us."""
        ours, theirs = socket.socketpair()
        with ours:
            ours.settimeout(_READY)
            self._base = self._base_at(DOOR_PORT)
            ends = self._started(theirs)
            try:
                _, found, _, _ = socket.recv_fds(ours, 16, 1)
            except OSError:
                found = []
        if not found:
            self.stop()
            os.close(ends[0])
            reason = "the front has no loopback of its own"
            raise FeedError(reason)
        self._hand(socket.socket(fileno=found[0]))
        return ends

    def _hand(self, door: socket.socket) -> None:
        """Let the relay wait there, if it is still wanted."""
        with self._lock:
            if self._ended:
                door.close()
            else:
                self._door.set_result(door)

    def _end(self) -> None:
        with self._lock:
            self._ended = True
            if self._door.done():
                self._door.result().close()

    def _base_at(self, port: int) -> str:
        return f"rtsp://127.0.0.1:{port}{self._path}"

    def _started(self, door: socket.socket | None) -> list[int]:
        feed = replace(self._feed, address=self._base)
        front = Front(feed, spawn=self._spawn, ffmpeg=self._ffmpeg, door=door)
        with self._lock:
            self._front = front
            if self._stopped:
                front.stop()
        return front.start()

    def stop(self) -> None:
        """As `Carrier` says."""
        with self._lock:
            self._stopped = True
            if self._front:
                self._front.stop()
        self._loop.stop()

    @property
    def trouble(self) -> str:
        """As `Carrier` says."""
        return self._why or self._loop.trouble or (self._front.trouble if self._front else "")

    @property
    def carried(self) -> Carried:
        """As `Carrier` says."""
        return self._front.carried if self._front else Carried()

    async def _work(self) -> None:
        address = self._address
        for _ in range(_MOST_STEPS + 1):
            try:
                await self._pull(address)
            except Elsewhere as led:
                address = self._led(address, led.location)
            except OSError as error:
                raise FeedError(_unreachable(error)) from None
            else:
                return
        reason = "the RTSP server sends its players from place to place"
        raise FeedError(reason)

    def _led(self, address: RtspAddress, location: str) -> RtspAddress:
        """Where a server sends us, if that may be asked; who we are is not told to another."""
        target = rtsp_address(location)
        place = place_of(target.host, target.port)
        if why := self._border.by_name(place):
            raise FeedError(why)
        same = (target.host, target.port) == (address.host, address.port)
        user, password = (address.user, address.password) if same else ("", "")
        return replace(target, user=user, password=password)

    async def _pull(self, address: RtspAddress) -> None:
        try:
            async with asyncio.timeout(self._patience):
                place = await checked(self._border, place_of(address.host, address.port), self._lookup)
                reader, writer = await connection(place)
        except TimeoutError:
            reason = "the RTSP server does not answer in time"
            raise FeedError(reason) from None
        talk = RtspTalk(address, reader, writer, self._patience)
        server, ours = (writer.get_extra_info(name)[0] for name in ("peername", "sockname"))
        datagrams = Datagrams(ours, server)
        try:
            stream = await set_up(talk, address.url, datagrams.pair)
            await self._play(talk, stream, datagrams)
        finally:
            datagrams.close()
            talk.close()

    async def _play(self, talk: RtspTalk, stream: RtspStream, datagrams: Datagrams) -> None:
        if not stream.transports[0].tcp:
            datagrams.admit(stream.transports)
        relay = RtspRelay(talk, stream, datagrams)
        try:
            self._loop.begun()
            door = await asyncio.wrap_future(self._door)
            await relay.open(self._base, door)
            await relay.run()
        except FeedError as error:
            self._why = str(error)  # before the front's pipe closes, and somebody asks
            raise
        finally:
            await relay.close()
            with suppress(ConnectionError, FeedError):  # a farewell hides no failure
                talk.tell("TEARDOWN", stream.url)


def _unreachable(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens at the RTSP server's address"
    if isinstance(error, ConnectionError):
        return "the RTSP server broke the connection"
    return "the RTSP server cannot be reached"
