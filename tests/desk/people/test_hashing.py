"""Argon2id, beside the event loop."""

import asyncio
import threading

import pytest

from desk.errors import RefusedError
from desk.people.hashing import WAITING, Hashing
from tests.desk.people.desk import cheap


async def test_a_password_fits_its_digest_and_no_other() -> None:
    """T-27: Argon2id, with RFC 9106's 64 MiB and three passes."""
    hashing = Hashing()
    digest = await hashing.digest("con mèo xanh")
    assert digest.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert await hashing.fits(digest, "con mèo xanh")
    assert not await hashing.fits(digest, "con meo xanh")
    hashing.close()


async def test_a_name_that_nobody_has_costs_the_same_and_never_fits() -> None:
    """T-27: one hash is verified, of nobody's password."""
    hashing = cheap()
    for digest in ("", "rubbish", await hashing.digest("con mèo xanh")):
        before = hashing.count
        assert not await hashing.fits(digest, "of nobody")
        assert hashing.count == before + 1
    hashing.close()


async def test_a_crowd_waits_in_a_short_line() -> None:
    """T-27: what it may take of the machine is bounded."""
    hashing, gate = cheap(), threading.Event()
    first = asyncio.create_task(hashing._run(gate.wait))
    others = [asyncio.create_task(hashing._run(gate.wait)) for _ in range(WAITING - 1)]
    await asyncio.sleep(0)
    with pytest.raises(RefusedError) as caught:
        await hashing.digest("con mèo xanh")
    assert caught.value.status == 503
    gate.set()
    await asyncio.gather(first, *others)
    assert await hashing.digest("con mèo xanh")
    hashing.close()
