"""Codes of sites: made for an operator, and taken from who types them in."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence

from desk.access.links import Links
from flow.errors import OperatorError
from flow.guests import Busy
from flow.site_code import LIFE_S, code_from, digest_of_code, new_code
from flow.site_token import digest_of, new_token
from origin.gate.pace import Pace
from origin.peers import peer_of

_log = logging.getLogger(__name__)
_SECOND = 1_000_000_000


class Codes:
    """Satisfies `flow.guests.Codes`. Lives in the event loop; what takes long is done in threads."""

    def __init__(self, links: Links, *, wall_ns: Callable[[], int], monotonic_ns: Callable[[], int]) -> None:
        self._links = links
        self._wall_ns = wall_ns
        self._monotonic_ns = monotonic_ns
        self._each = Pace(burst=8, a_second=1)
        self._all = Pace(burst=64, a_second=4)
        # Of 2**40 codes 345,600 a day can be tried: one in three million finds the code of one site.

    async def give(self, sites: Sequence[str]) -> tuple[dict[str, str], int]:
        """New codes by site, told this once, and when they end (Unix seconds).

        Raises RefusedError for a site that is not registered.
        """
        from desk.access.code_book import make  # noqa: PLC0415 - brings SQLAlchemy along

        codes = {site: new_code() for site in sites}
        digests = await asyncio.to_thread(_digests, codes)
        until = self._wall_ns() // _SECOND + LIFE_S
        await self._links.change(lambda database, now_ns: make(database, digests, until_s=until, now_ns=now_ns))
        return codes, until

    async def redeem(self, text: str, address: str | None) -> str | None:
        """The site token that a browser gets for a code, None for what is none.

        Raises Busy when too many are tried, from this address or from everywhere, and while nobody can say.
        """
        from desk.access.code_book import exchange  # noqa: PLC0415 - brings SQLAlchemy along

        code, now = code_from(text), self._monotonic_ns()
        if code is None:
            return None
        if not (self._each.allows(peer_of(address) or "", now) and self._all.allows("", now)):
            raise Busy
        digest, token = await asyncio.to_thread(digest_of_code, code), new_token()
        known = digest_of(token) or b""
        try:
            site = await self._links.change(
                lambda database, now_ns: exchange(database, digest, known, now_ns=now_ns),
            )
        except OperatorError as error:
            _log.warning("a code cannot be looked up: %s", error)
            raise Busy from error
        if site is not None:
            _log.info("a browser of site %s came in by a code", site)
        return token if site is not None else None


def _digests(codes: Mapping[str, str]) -> dict[str, bytes]:
    return {site: digest_of_code(code) for site, code in codes.items()}
