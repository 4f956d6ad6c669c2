"""Sends a vector as it is, and judges what comes back."""

import asyncio
import re
from collections.abc import Sequence

from tests.desk.smuggling.vectors import Vector

PATIENCE = 5.0
"""Seconds for a connection to be closed; it takes milliseconds."""
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r]")
PLAIN = frozenset({400, 401, 403, 404, 405, 408, 411, 413, 414, 415, 417, 421, 426, 431, 501, 505})
"""Refusals."""


async def answers(port: int, sent: bytes) -> bytes | None:
    """All that comes back until the connection is closed; None when it is not."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    heard = b""
    try:
        async with asyncio.timeout(PATIENCE):
            writer.write(sent)
            while more := await reader.read(65_536):
                heard += more
    except TimeoutError:
        return None
    except ConnectionError:  # closed with something unread: what was answered before counts
        return heard
    finally:
        writer.close()
    return heard


def statuses(heard: bytes) -> list[int]:
    """Of all final answers, in their order; an interim one only promises another."""
    return [status for status in map(int, _STATUS.findall(heard)) if status >= 200]


def faults(vector: Vector, heard: bytes | None, secret: bytes) -> list[str]:
    """What is wrong with that, in a few words each."""
    if heard is None:
        return ["is left open"]
    final = statuses(heard)
    found = [f"is answered {status}" for status in final if status >= 500 and status not in PLAIN]
    if len(final) > vector.most or (vector.sees and len(final) != vector.most):
        found.append(f"has {len(final)} answers where {vector.most} may be: {final}")
    if not vector.sees and 200 in final:
        found.append(f"has its hidden request answered: {final}")
    if not vector.sees and not set(final) <= PLAIN | {200, 204}:
        found.append(f"is not refused in plain words: {final}")
    if secret and secret in heard:
        found.append("is repeated")
    return found


async def tried(port: int, vectors: Sequence[Vector], secret: bytes, *, at_once: int = 16) -> list[str]:
    """What is wrong with the answers to all of them."""
    places = asyncio.Semaphore(at_once)

    async def one(vector: Vector) -> list[str]:
        async with places:
            heard = await answers(port, vector.sent)
        return [f"{vector.family}, {vector.name}: {fault}" for fault in faults(vector, heard, secret)]

    return [fault for found in await asyncio.gather(*map(one, vectors)) for fault in found]
