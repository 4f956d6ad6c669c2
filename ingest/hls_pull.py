"""Pulls an HLS feed by our own client and hands its bytes over by pipe: FFmpeg never opens a playlist (T-07)."""

import asyncio
import os
from contextlib import suppress
from threading import Event, Thread

import aiohttp

from flow.errors import FeedError
from ingest.hls_fetch import MEDIA_LIMIT, PLAYLIST_LIMIT, fetch, new_session
from ingest.hls_plan import Choice, Piece, choose, window
from ingest.pipes import wide_pipe

_TRIES = 5
_READY = 15.0


class HlsPull:
    """One pull: `start` gives the pipes to read, one or two; `stop` ends it. Threads of its own do the work."""

    def __init__(self, url: str, height: int) -> None:
        self._url = url
        self._height = height
        self._ready = Event()
        self._stopping = Event()
        self._reading: list[int] = []
        self._thread = Thread(target=self._run, name="hls", daemon=True)
        self.trouble = ""

    def start(self) -> list[int]:
        """Look at the playlist, and begin; the pipes' reading ends, the caller's to close.

        When the playlist cannot be had, the pipes end at once and `trouble` says why.
        """
        self._thread.start()
        self._ready.wait(_READY)
        return list(self._reading)

    def stop(self) -> None:
        """End; what is under way is given up."""
        self._stopping.set()

    def _run(self) -> None:
        try:
            asyncio.run(self._pull())
        except FeedError as error:
            self.trouble = str(error)
        if not self._ready.is_set():
            self._open(1)
            self._ready.set()

    def _open(self, count: int) -> list[int]:
        ends = [wide_pipe() for _ in range(count)]
        self._reading = [reading for reading, _ in ends]
        if self.trouble:
            for _, writing in ends:
                os.close(writing)
        return [writing for _, writing in ends]

    async def _pull(self) -> None:
        async with new_session() as session:
            body, url = await fetch(session, self._url, PLAYLIST_LIMIT)
            choice = choose(body.decode("utf-8", "replace"), url, self._height) or Choice(picture=url)
            urls = [choice.picture, *([choice.sound] if choice.sound else [])]
            writing = self._open(len(urls))
            self._ready.set()
            tasks = [asyncio.create_task(self._follow(session, *pair)) for pair in zip(urls, writing, strict=True)]
            tasks.append(asyncio.create_task(self._until_stopped()))
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._stopping.set()
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                for end in writing:
                    os.close(end)
            for task in done:
                task.result()

    async def _until_stopped(self) -> None:
        await asyncio.to_thread(self._stopping.wait)

    async def _follow(self, session: aiohttp.ClientSession, url: str, out: int) -> None:
        """Read a media playlist again and again, and write what is new."""
        last: int | None = None
        init: str | None = None
        failures = 0
        while True:
            try:
                body, base = await fetch(session, url, PLAYLIST_LIMIT)
                found = window(body.decode("utf-8", "replace"), base, last, init)
                for piece in found.pieces:
                    await self._write(session, piece, out)
                    last, init = piece.sequence, piece.init or init
                failures = 0
            except FeedError:
                failures += 1
                if failures >= _TRIES:
                    raise
                await asyncio.sleep(0.5)
                continue
            except BrokenPipeError:
                return
            if found.ended:
                return
            await asyncio.sleep(found.pause / 2)

    async def _write(self, session: aiohttp.ClientSession, piece: Piece, out: int) -> None:
        for url in (piece.init, piece.url):
            if url:
                body, _ = await fetch(session, url, MEDIA_LIMIT)
                await asyncio.to_thread(_write_all, out, body)


def _write_all(fd: int, body: bytes) -> None:
    view = memoryview(body)
    with suppress(BrokenPipeError):
        while view:
            view = view[os.write(fd, view):]
        return
    raise BrokenPipeError
