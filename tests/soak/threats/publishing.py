"""Publishers of RTMP that speak for themselves: guesses from any address of the loopback, and films on air."""

import asyncio
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from ingest.rtmp.chunk_writer import ChunkWriter
from ingest.rtmp.message import Message
from tests.ingest.rtmp_talk import opening, talk
from tests.soak.hostile.pieces import Piece
from tests.soak.hostile.publisher import messages

PATIENCE = 15.0
_STARTED = b"NetStream.Publish.Start"
_REJECTED, _BUSY = b"NetStream.Publish.Rejected", b"NetStream.Publish.BadName"


class Answer(StrEnum):
    """What becomes of somebody who knocks."""

    LET_IN = "let in"
    REJECTED = "rejected"
    BUSY = "busy"
    UNHEARD = "unheard"


async def knock(port: int, said: bytes, source: str = "127.0.0.1") -> Answer:
    """Say all of it at the door, from an address of the loopback; what the door answers before it hangs up."""
    answer = b""
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
            try:
                writer.write(said)
                while _STARTED not in answer and (more := await reader.read(1 << 16)):
                    answer += more
            finally:
                writer.transport.abort()
    except (OSError, TimeoutError):
        pass
    return judged(answer)


def judged(answer: bytes) -> Answer:
    """What the door's words mean."""
    for word, meaning in ((_STARTED, Answer.LET_IN), (_BUSY, Answer.BUSY), (_REJECTED, Answer.REJECTED)):
        if word in answer:
            return meaning
    return Answer.UNHEARD


def guess(key: str, app: str = "live") -> bytes:
    """All that somebody says who guesses a key."""
    return talk(*opening(key, app))


def film(clip: Path, ffmpeg: str) -> list[Message]:
    """A clip as messages with their times."""
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", str(clip), "-c", "copy", "-f", "flv", "-"]
    body = subprocess.run(argv, stdout=subprocess.PIPE, check=True).stdout
    return list(messages(Piece(name=clip.name, ending="flv", body=body)))


def whole(key: str, shown: Sequence[Message]) -> bytes:
    """A session from its first byte to its last, as somebody on the way records it."""
    return talk(*opening(key), *shown)


def beheaded(shown: Sequence[Message]) -> bytes:
    """The media of a session without what went before."""
    return talk(*shown)


async def publish(
    port: int, key: str, shown: Sequence[Message], seconds: float, source: str = "127.0.0.1",
    at: asyncio.Event | None = None,
) -> Answer:
    """Publish at the film's own pace for so long, or until refused; with `at` connected first, and begun then."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
    heard = asyncio.create_task(reader.read(1 << 16))
    answer, over = b"", False
    try:
        if at:
            await at.wait()
        writer.write(talk(*opening(key)))
        out, began = ChunkWriter(), time.monotonic()
        for message in shown:
            wait = began + message.timestamp / 1_000 - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            if heard.done():
                answer, over = answer + heard.result(), over or not heard.result()
                heard = asyncio.create_task(reader.read(1 << 16))
            if over or time.monotonic() > began + seconds:
                break
            writer.write(out.write(message))
            await writer.drain()
        if not over and judged(answer) is Answer.UNHEARD:
            answer += await asyncio.wait_for(heard, PATIENCE)
    except (ConnectionError, TimeoutError):
        with suppress(ConnectionError):
            answer += heard.result() if heard.done() and not heard.cancelled() else b""
    finally:
        heard.cancel()
        with suppress(asyncio.CancelledError, ConnectionError):
            await heard
        writer.transport.abort()
    return judged(answer)
