"""Pulls an HLS feed by our own client and hands its bytes over by pipe: FFmpeg never opens a playlist (T-07)."""

import asyncio
import os
from contextlib import suppress
from threading import Event, Lock, Thread

import aiohttp

from flow.errors import FeedError
from ingest.hls_fetch import MEDIA_LIMIT, PLAYLIST_LIMIT, fetch, new_session
from ingest.hls_plan import Choice, Piece, choose, window
from ingest.pipes import pour, wide_pipe

_TRIES = 5
_PAUSE = 0.5
_READY = 15.0
_TOO_SLOW = "the HLS server does not answer in time"


class HlsPull:
    """One pull: `start` gives the pipes to read, one or two; `stop` ends it. A thread of its own does the work."""

    def __init__(self, url: str, height: int) -> None:
        self._url = url
        self._height = height
        self._ready = Event()
        self._lock = Lock()
        self._stopped = False
        self._reading: list[int] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._halt = asyncio.Event()
        self._thread = Thread(target=self._run, name="hls", daemon=True)
        self.trouble = ""

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

    def _run(self) -> None:
        try:
            asyncio.run(self._pull())
        except FeedError as error:
            self.trouble = str(error)
        self._ready.set()

    async def _pull(self) -> None:
        with self._lock:
            self._loop = asyncio.get_running_loop()
            if self._stopped:
                self._halt.set()
        try:
            async with new_session() as session:
                tasks = [asyncio.create_task(self._work(session)), asyncio.create_task(self._until_halted())]
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

    async def _work(self, session: aiohttp.ClientSession) -> None:
        body, url = await fetch(session, self._url, PLAYLIST_LIMIT)
        choice = choose(body.decode("utf-8", "replace"), url, self._height)
        if choice:
            body, url = await fetch(session, choice.picture, PLAYLIST_LIMIT)
        else:
            choice = Choice(picture=url)
        urls = [choice.picture, *([choice.sound] if choice.sound else [])]
        first = window(body.decode("utf-8", "replace"), url, None, None)
        join = first.pieces[0].sequence if first.pieces else None
        writing = self._open(len(urls))
        tasks = [
            asyncio.create_task(self._follow(session, address, out, join))
            for address, out in zip(urls, writing, strict=False)
        ]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _open(self, count: int) -> list[int]:
        """The writing ends; none when nobody waits for the reading ends any more."""
        with self._lock:
            if self._stopped:
                return []
            ends = [wide_pipe() for _ in range(count)]
            self._reading = [reading for reading, _ in ends]
        self._ready.set()
        return [writing for _, writing in ends]

    async def _follow(self, session: aiohttp.ClientSession, url: str, out: int, join: int | None) -> None:
        """Write a media playlist's pieces until it is over; the pipe is closed then, so that its reader knows."""
        try:
            with suppress(BrokenPipeError):
                await self._read(session, url, out, join)
        finally:
            os.close(out)

    async def _read(self, session: aiohttp.ClientSession, url: str, out: int, join: int | None) -> None:
        """Read a media playlist again and again, and write what is new."""
        last: int | None = None
        init: str | None = None
        failures = 0
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                body, base = await fetch(session, url, PLAYLIST_LIMIT)
                found = window(body.decode("utf-8", "replace"), base, last, init, join=join)
                for piece in found.pieces:
                    await _write(session, piece, out)
                    last, init = piece.sequence, piece.init or init
                failures = 0
            except FeedError:
                failures += 1
                if failures >= _TRIES:
                    raise
                await asyncio.sleep(_PAUSE)
                continue
            if found.ended:
                return
            await asyncio.sleep(began + found.pause - loop.time())


async def _write(session: aiohttp.ClientSession, piece: Piece, out: int) -> None:
    for url in (piece.init, piece.url):
        if url:
            body, _ = await fetch(session, url, MEDIA_LIMIT)
            await pour(out, body)
