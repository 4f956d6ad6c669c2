"""Where a site's page tells how its test went: without a body, so that every proxy passes it on (T-20)."""

import re
import time
from collections.abc import Callable

from aiohttp import hdrs, web

from flow.errors import ViewerError
from flow.ids import ChannelId
from flow.self_test import SelfTest
from origin.gate.invitations import Invitations
from origin.gate.pace import Pace
from origin.paths import Table
from origin.requests import channel_of, unknown

Take = Callable[[str, ChannelId, SelfTest], bool]
"""Takes note of a site's test on a channel, at once; False when the site is at no programme there now."""

BURST = 6
"""Tests that a site may tell of at once, by all its devices; then one a second."""
_RATE = re.compile(r"[0-9]{1,8}")
_ANSWERS = {"1": True, "0": False}


class SelfTests:
    """The handler of `/test/<channel>?picture=1&sound=1&rate=2400&need=700`: rates in kb/s."""

    def __init__(self, invitations: Invitations, take: Take) -> None:
        self._invitations = invitations
        self._take = take
        self._pace = Pace(burst=BURST, a_second=1)

    def table(self) -> Table:
        """All addresses that there are."""
        return {"/test/{channel}": self.told}

    async def told(self, request: web.Request) -> web.Response:
        """204 when it was noted; else there is no such address. Known by its browser's cookie, a site tells of
        itself and of no other."""
        channel, site = channel_of(request), self._invitations.site_of(request)
        if site is None or request.method != hdrs.METH_GET or "Sec-Purpose" in request.headers:
            raise unknown()
        test = _test(request)
        if not self._pace.allows(site, time.monotonic_ns()):
            raise ViewerError(503, "too many tests")
        if not self._take(site, channel, test):
            raise unknown()
        return web.Response(status=204, headers={hdrs.CACHE_CONTROL: "no-store", hdrs.VARY: hdrs.COOKIE})


def _test(request: web.Request) -> SelfTest:
    words = request.query
    rates = [words.get(key, "") for key in ("rate", "need")]
    answers = [_ANSWERS.get(words.get(key, "")) for key in ("picture", "sound")]
    if None in answers or not all(map(_RATE.fullmatch, rates)):
        raise ViewerError(400, "no test")
    try:
        return SelfTest(
            picture=bool(answers[0]), sound=bool(answers[1]), rate_kbps=int(rates[0]), need_kbps=int(rates[1]),
        )
    except ValueError as error:
        raise ViewerError(400, "no test") from error
