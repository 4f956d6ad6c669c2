"""Every address of the viewers' listener, tried by everybody: who gets what stands in `matrix.txt`.

The addresses are the application's own, so whoever adds one is told here that nobody has said who may have it.
"""

import gzip
import re
from pathlib import Path

import aiohttp
import pytest

from origin.gate.invitations import COOKIE
from origin.paths import Paths
from tests.desk.access.hall import Hall
from tests.desk.access.visitors import Visitors

TABLE = Path(__file__).with_name("matrix.txt")
Answer = tuple[int, dict[str, str], bytes]


class Round:
    """One channel of a hall, tried at every address."""

    def __init__(self, hall: Hall, visitors: Visitors, session: aiohttp.ClientSession, channel: str) -> None:
        self._hall = hall
        self._visitors = visitors
        self._session = session
        self._channel = channel
        self._values: dict[str, str] = {}

    async def look(self, channel: str) -> None:
        """Find names that there are."""
        token = self._visitors.streams(channel)["good"]
        base = f"/s/{token}/live/{channel}/v240/index.m3u8"
        _, _, text = await self.ask(base)
        (name, *_) = re.findall(r'"(\d+-\d+\.m4s)"|^(\d+-\d+\.m4s)$', text.decode(), re.MULTILINE)
        keys = re.findall(r'/keys/\w+/(\d+)', text.decode())
        page = (await self.ask("/"))[2].decode()
        static = re.findall(r'/static/(\w+)/([\w.]+)', page)[0]
        self._values = {
            "name": "".join(name), "number": keys[0] if keys else "0", "digest": static[0], "file": static[1],
        }

    async def ask(self, path: str, cookie: str = "") -> Answer:
        headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
        url = f"{self._hall.url}{path}"
        async with self._session.get(url, headers=headers, allow_redirects=False) as answer:
            told = {name: value for name, value in answer.headers.items() if name not in {"Date", "Set-Cookie"}}
            return answer.status, told, await answer.read()

    def path(self, route: str, channel: str, credential: str) -> str:
        rendition = "thumbnails" if route.endswith(".vtt") else "v240"
        name = self._values["file" if "/static/" in route else "name"]
        number = {"number": "1"} if "/doc/" in route else {}
        words = {**self._values, **number, "channel": channel, "rendition": rendition, "name": name}
        told = "?picture=1&sound=1&rate=900&need=700" if route.startswith("/test/") else ""
        return route.format(**words, token=credential, site=credential) + told

    async def tried(self, route: str) -> list[tuple[str, str]]:
        """What each gets there; what is refused is not told apart from what there is not."""
        if "{code}" in route:  # what becomes of good ones: `test_code_routes.py`
            status, _, _ = await self.ask("/c/x")
            return [("no code", f"{status}")]
        by_cookie = "{token}" not in route and "{site}" not in route
        hands = {"nothing": ""} if by_cookie else {}
        hands |= self._visitors.streams(self._channel) if "{token}" in route else self._visitors.links
        found = []
        for who, hand in hands.items():
            # A page tells a site of itself, whatever channel it asks for; all else tells nobody anything.
            nowhere = await self._nowhere(route, hand if route == "/watch/{channel}" else "")
            status, headers, body = await self.ask(
                self.path(route, self._channel, "" if by_cookie else hand), hand if by_cookie else "",
            )
            if status == 404 and nowhere is not None:
                assert (status, headers, body) == nowhere, (route, who)
            if status in {403, 404} and not by_cookie:
                assert headers["Cache-Control"] == "no-store", (route, who)
            if status == 403:
                assert body == b""
            told = f"/watch/{self._channel}" if route == "/" else f"/live/{self._channel}/index.m3u8"
            if "guide" in route:
                plain = gzip.decompress(body) if status == 200 and route.endswith(".gz") else body
                listed = " invited" if b"Giao ban" in plain else ""
            else:
                lists = route == "/" or "/stb/" in route
                listed = " listed" if lists and told.encode() in body else ""
            found.append((who, f"{status}{listed}"))
        return found

    async def _nowhere(self, route: str, cookie: str = "") -> Answer | None:
        """What everybody hears of a channel that there is not, also who is invited to all that there are."""
        if "{channel}" in route:
            good = self._visitors.streams("nowhere")["good"] if "{token}" in route else "x"
            return await self.ask(self.path(route, "nowhere", good), cookie)
        return await self.ask(self.path(route, "", "x")) if "{site}" in route else None


def routes(hall: Hall) -> list[str]:
    found: list[str] = []
    for resource in hall.headend._viewers().router.resources():
        found += resource.patterns if isinstance(resource, Paths) else [resource.canonical]
    return sorted(found)


async def test_everybody_gets_at_every_address_what_the_table_says(
    hall: Hall, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-12, T-14, T-26: and what is refused is, to the byte, what there is not."""
    caplog.set_level("DEBUG")
    visitors = Visitors(hall)
    lines = []
    async with aiohttp.ClientSession() as session:
        for title, channel, keys in (("a closed channel", "hop", "kin"), ("an open channel", "mo", "mo")):
            lines += ["", f"# {title}"]
            for route in routes(hall):
                here = Round(hall, visitors, session, keys if "/keys/" in route else channel)
                await here.look(keys if "/keys/" in route else channel)
                cells = [f"{who} {told}" for who, told in await here.tried(route)]
                lines.append(f"{route}: {', '.join(cells)}")
    told = "\n".join(lines[1:]) + "\n"
    assert told == TABLE.read_text("utf-8")
    held = [*visitors.links.values(), *visitors.streams("hop").values(), *visitors.streams("kin").values()]
    assert not [token for token in held if len(token) > 9 and token in caplog.text]
