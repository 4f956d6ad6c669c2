"""Pulls an HLS feed by our own client and hands its bytes over by pipe: FFmpeg never opens a playlist (T-07)."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from threading import Event, Lock, Thread

from flow.errors import FeedError
from ingest.carrier import Carried
from ingest.hls.fetch import HlsFetch
from ingest.hls.follow import HlsFollow
from ingest.hls.line import HlsLine
from ingest.hls.listing import listing
from ingest.hls.plan import Choice, Sound, Spot, choose, step
from ingest.hls.read_ahead import SOUND, ReadAhead
from ingest.reach.gate import Lookup, system_lookup
from ingest.reach.reach import Reach

_READY = 15.0
_SPARE_READY = 3.0
"""Seconds that a sound beside the first has for its first segment."""
_TOO_SLOW = "the HLS server does not answer in time"

_log = logging.getLogger(__name__)


class HlsPull:
    """One pull: `start` gives the pipes to read; `stop` ends it. A thread of its own does the work.

    It is a `Carrier`. `reach` says where the feed may lead besides the host in `url`, and what listeners are ours.
    """

    framed = False

    def __init__(
        self, url: str, height: int, *, sounds: Sequence[int] = (1,), reach: Reach | None = None,
        lookup: Lookup = system_lookup,
    ) -> None:
        """`sounds` are the numbers of those that are taken where sounds come apart, the most wanted one first."""
        self._url = url
        self._height = height
        self._sounds = tuple(sounds)
        self.apart: Mapping[int, str] = {}
        self._reach = reach or Reach()
        self._lookup = lookup
        self._ready = Event()
        self._lock = Lock()
        self._stopped = False
        self._reading: list[int] = []
        self._follows: tuple[HlsFollow, ...] = ()
        self._ended = ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._halt = asyncio.Event()
        self._thread = Thread(target=self._run, name="hls", daemon=True)

    def start(self) -> list[int]:
        """Look at the playlist, and begin; the pipes' reading ends, the caller's to close.

        Raises FeedError when the playlist cannot be had.
        """
        self._thread.start()
        self._ready.wait(_READY)
        with self._lock:
            reading = list(self._reading)
        if not reading:
            self.stop()
            raise FeedError(self.trouble or _TOO_SLOW)
        return reading

    def stop(self) -> None:
        """End; what is under way is given up. From any thread, also before `start` is through."""
        with self._lock:
            self._stopped = True
            if self._loop:
                self._loop.call_soon_threadsafe(self._halt.set)

    @property
    def trouble(self) -> str:
        """What ended it, or keeps segments from coming; empty while all is well, and after a film's end."""
        return self._ended or next((one.trouble for one in self._follows if one.trouble and not one.spare), "")

    @property
    def carried(self) -> Carried:
        """Bytes handed on, and segments that were left out or could not be had."""
        follows = self._follows
        return Carried(bytes=sum(one.bytes for one in follows), lost=sum(one.lost for one in follows))

    def _run(self) -> None:
        try:
            asyncio.run(self._pull())
        except FeedError as error:
            self._ended = str(error)
        except Exception:  # noqa: BLE001 - it costs this connection, not the worker
            _log.exception("the HLS pull")
            self._ended = "the HLS pull failed in a way that nobody foresaw; the log says how"
        self._ready.set()

    async def _pull(self) -> None:
        with self._lock:
            self._loop = asyncio.get_running_loop()
            if self._stopped:
                self._halt.set()
        try:
            async with HlsFetch(self._url, self._reach, self._lookup) as client:
                tasks = [asyncio.create_task(self._work(client)), asyncio.create_task(self._until_halted())]
                done, running = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)
                for task in done:
                    task.result()
        finally:
            with self._lock:
                self._loop = None

    async def _until_halted(self) -> None:
        await self._halt.wait()

    async def _work(self, client: HlsFetch) -> None:
        text, base = await client.playlist(self._url)
        choice = choose(text, base, self._height, self._sounds)
        if choice:
            text, base = await client.playlist(choice.picture)
        else:
            choice = Choice(picture=self._url)
        first = listing(text, base)
        begin = step(first, Spot()).pieces
        join, room = begin[0] if begin else None, SOUND // max(1, len(choice.sounds))
        picture = HlsLine(HlsFollow(client, choice.picture))
        sounds = [
            HlsLine(HlsFollow(client, one.url, join=join, ahead=ReadAhead(room), spare=one.spare))
            for one in choice.sounds
        ]
        try:
            there = await _there(sounds)
            heard = {one: line for one, line in zip(choice.sounds, sounds, strict=True) if line in there}
            if self._hand_over(picture, heard):
                picture.begin(first)
                for line in there:
                    line.begin()
                await asyncio.gather(picture.over(), *(line.over() for line in there))
        finally:
            for line in (picture, *sounds):
                await line.close()

    def _hand_over(self, picture: HlsLine, heard: Mapping[Sound, HlsLine]) -> bool:
        """Give the reading ends to whoever waits in `start`; False when nobody does any more."""
        lines = (picture, *heard.values())
        with self._lock:
            if self._stopped:
                return False
            self._follows = tuple(line.follow for line in lines)
            self._reading = [line.reading for line in lines]
            self.apart = {sound.number: sound.language for sound in heard}
            for line in lines:
                line.handed = True
        self._ready.set()
        return True


async def _there(sounds: Sequence[HlsLine]) -> list[HlsLine]:
    """Those that a decoder may wait for: the first, which leads the pictures, and others whose first segment has
    come. It would show nothing for want of a single one."""
    spares = [line for line in sounds if line.follow.spare]
    for line in spares:
        line.begin()
    came = await asyncio.gather(*(line.comes(_SPARE_READY) for line in spares))
    gone = [line for line, there in zip(spares, came, strict=True) if not there]
    for line in gone:
        _log.warning("a sound of an HLS feed is left out: %s", line.follow.trouble or "it does not come")
        await line.close()
    return [line for line in sounds if line not in gone]
