"""Passwords as Argon2id (RFC 9106), worked out beside the event loop, few at a time.

A hash takes 64 MiB and about 0.1 s of a core, so that guessing is slow for who has stolen the database. One is
made at a time, and some wait: a crowd at the door takes nothing from the picture.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from desk.errors import RefusedError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_T = TypeVar("_T")
WAITING = 16
"""Who may wait for the one that is made; beyond that the answer is 503."""
_PASSES, _KIB, _LANES = 3, 64 * 1024, 1


class Hashing:
    """Belongs to the event loop. `count` is how many hashes were verified: as many for a name that nobody has."""

    def __init__(self, *, passes: int = _PASSES, kib: int = _KIB) -> None:
        self._passes = passes
        self._kib = kib
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="passwords")
        self._waiting = 0
        self._nobody = ""
        self.count = 0

    async def digest(self, password: str) -> str:
        """The hash to keep; raises RefusedError (503) when too many wait."""
        return await self._run(lambda: self._hasher().hash(password))

    async def fits(self, digest: str, password: str) -> bool:
        """Whether it is the password of `digest`, or of nobody's when that is empty: in the same time."""
        return await self._run(lambda: self._fits(digest, password))

    def close(self) -> None:
        """End its thread."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[[], _T]) -> _T:
        if self._waiting >= WAITING:
            problem = "too many sign in at once"
            raise RefusedError(503, problem, "Try again in a few seconds")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, work)
        finally:
            self._waiting -= 1

    def _fits(self, digest: str, password: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415

        if not self._nobody:
            self._nobody = self._hasher().hash("of nobody")
        self.count += 1
        try:
            right = self._hasher().verify(digest or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return right and bool(digest)

    def _hasher(self) -> "PasswordHasher":
        from argon2 import PasswordHasher  # noqa: PLC0415 - for who signs in alone

        return PasswordHasher(time_cost=self._passes, memory_cost=self._kib, parallelism=_LANES)
