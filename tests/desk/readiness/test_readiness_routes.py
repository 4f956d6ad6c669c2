"""From a site's page to the desk, over both listeners."""

from pathlib import Path
from typing import Any

import aiohttp

from tests.desk.documents.desk import Desk, desk_in
from tests.desk.programmes.filled import SITES
from tests.desk.programmes.some import at

WORDS = {"picture": "1", "sound": "1", "rate": "2400", "need": "700"}


class Visitor:
    """Browsers of sites, and the desk."""

    def __init__(self, desk: Desk, session: aiohttp.ClientSession) -> None:
        self._desk = desk
        self._session = session

    async def tells(self, site: str, *, channel: str = "hop", method: str = "GET", **words: str) -> int:
        """How that is answered."""
        cookie = {"Cookie": f"xacast_site={self._desk.tokens[site]}"} if site else {}
        url = f"{self._desk.viewers}/test/{channel}"
        async with self._session.request(method, url, params=WORDS | words, headers=cookie) as answer:
            assert await answer.read() == b""
            return answer.status

    async def ready(self, **words: str) -> dict[str, Any]:
        """What the desk hears."""
        url = f"{self._desk.operators}/api/v1/programmes/p1/readiness"
        async with self._session.get(url, params=words, headers=self._desk.key) as answer:
            found: dict[str, Any] = await answer.json()
            return found


async def test_what_a_site_found_stands_at_the_desk_at_once(tmp_path: Path) -> None:
    """T-14, T-16: who is not invited, or not known, finds no such address; a site tells of itself alone."""
    async with desk_in(tmp_path, SITES, audience="locality:01") as desk, aiohttp.ClientSession() as session:
        visitor = Visitor(desk, session)
        assert (await visitor.ready())["silent"] == 2
        assert await visitor.tells("s00004") == 204
        assert await visitor.tells("s00004-2", sound="0") == 204
        for answer in (visitor.tells("s19"), visitor.tells(""), visitor.tells("s00004", channel="kin")):
            assert await answer == 404
        found = await visitor.ready()
        assert (found["invited"], found["ready"], found["not_ready"], found["silent"]) == (2, 1, 1, 0)
        assert [one["faults"] for one in found["sites"]] == [[], ["sound"]]
        assert [one["id"] for one in (await visitor.ready(state="not-ready"))["sites"]] == ["s00004-2"]


async def test_what_is_over_is_not_tried(tmp_path: Path) -> None:
    async with desk_in(tmp_path, SITES, audience="locality:01") as desk, aiohttp.ClientSession() as session:
        visitor = Visitor(desk, session)
        assert await visitor.tells("s00004-2") == 204
        assert await visitor.tells("s00004", method="POST") == 405
        desk.clock.advance_to(at("09:00") * 48_000)
        assert await visitor.tells("s00004") == 404
        assert (await visitor.ready())["silent"] == 1
