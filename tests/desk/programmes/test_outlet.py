"""Who sees what: the five kinds of meeting, tried with 50 sites over the whole application.

Who is invited to which stands in `audiences.txt`, worked out by hand.
"""

import re
from pathlib import Path

import aiohttp

from tests.desk.programmes.meetings import AUDIENCES, Meetings, meetings_in, sites_of, title

TABLE = Path(__file__).with_name("audiences.txt")
Answer = tuple[int, dict[str, str], bytes]
Media = dict[str, dict[str, str]]
"""Addresses of media that there is, by channel and by what they are."""
LISTS = ("index", "ts", "audio")


class Visit:
    """One site, which looks at everything that it may find."""

    def __init__(self, meetings: Meetings, session: aiohttp.ClientSession, site: str, media: Media) -> None:
        self._meetings = meetings
        self._session = session
        self._site = site
        self._link = meetings.links[site]
        self._media = media

    async def ask(self, path: str) -> Answer:
        cookie = {"Cookie": f"xacast_site={self._link}"} if path == "/" else {}
        async with self._session.get(f"{self._meetings.url}{path}", headers=cookie) as answer:
            told = {name: value for name, value in answer.headers.items() if name not in {"Date", "Set-Cookie"}}
            return answer.status, told, await answer.read()

    async def text(self, path: str) -> str:
        status, _, body = await self.ask(path)
        assert status == 200
        return body.decode()

    async def seen(self) -> dict[str, dict[str, bool]]:
        """What there is of each channel, by what was looked at."""
        here = f"/t/{self._link}"
        boxes, guide = await self.text(f"{here}/stb/channels.m3u"), await self.text(f"{here}/stb/guide.xml")
        page = await self.text("/")
        found: dict[str, dict[str, bool]] = {}
        for channel in AUDIENCES:
            found[channel] = {
                "list": f"/live/{channel}/index.m3u8" in boxes, "guide": title(channel) in guide,
                "page": f"/watch/{channel}" in page, "coming": title(channel) in page,
                "document": await self._is_there(f"{here}{self._meetings.documents[channel]}", channel),
            }
            for name in LISTS:
                found[channel][name] = await self._is_there(f"{here}/live/{channel}/{name}.m3u8", channel)
            own = await self._token(channel) or self._meetings.token(self._site, channel)
            found[channel] |= await self.media(own, channel)
        return found

    async def media(self, token: str, channel: str) -> dict[str, bool]:
        """What a stream token opens of a channel's media."""
        return {
            what: await self._is_there(f"/s/{token}/{path}", channel)
            for what, path in self._media[channel].items()
        }

    async def learn(self, channel: str) -> None:
        """Find the names of media that there is, as who may watch it."""
        base = f"/s/{await self._token(channel)}/live/{channel}/v240/"
        text = await self.text(f"{base}index.m3u8")
        segment, key = re.findall(r"^\d+-\d+\.m4s$", text, re.MULTILINE)[0], re.findall(r"/keys/\w+/\d+", text)[0]
        self._media[channel] = {
            "playlist": f"live/{channel}/v240/index.m3u8", "segment": f"live/{channel}/v240/{segment}",
            "init": f"live/{channel}/v240/" + re.findall(r'MAP:URI="([^"]+)"', text)[0], "key": key[1:],
        }

    async def tokens(self) -> dict[str, str]:
        """The stream tokens that the site was given."""
        given = {channel: await self._token(channel) for channel in AUDIENCES}
        return {channel: token for channel, token in given.items() if token}

    async def _token(self, channel: str) -> str:
        _, _, body = await self.ask(f"/t/{self._link}/live/{channel}/index.m3u8")
        tokens = set(re.findall(r"/s/([^/]+)/live/(\w+)/", body.decode()))
        assert all(of == channel for _, of in tokens)
        assert len(tokens) <= 1
        return next(iter(tokens))[0] if tokens else ""

    async def _is_there(self, path: str, channel: str) -> bool:
        """Whether it is; what is not has the answer of a channel that there is not, to the byte."""
        answer = await self.ask(path)
        if answer[0] != 200:
            assert answer == await self.ask(path.replace(f"/{channel}/", "/none/")), path
        return answer[0] == 200


async def test_everybody_is_at_the_meetings_that_the_table_says(tmp_path: Path) -> None:
    """T-14, T-16: list, guide, page, document, playlists, media and keys; for others there are none of these, nor
    does the token of one meeting open another."""
    told = TABLE.read_text("utf-8")
    media: Media = {}
    async with meetings_in(tmp_path, sites_of(told)) as meetings, aiohttp.ClientSession() as session:
        visits = {site: Visit(meetings, session, site, media) for site in meetings.links}
        for channel in AUDIENCES:
            await visits["health-minister" if channel != "locality" else "hall-01"].learn(channel)
        found = {site: await visit.seen() for site, visit in visits.items()}
        assert written(told, found) == told
        for visit in visits.values():
            for of, token in (await visit.tokens()).items():
                opened = {channel: await visit.media(token, channel) for channel in AUDIENCES if channel != of}
                assert not any(there for looks in opened.values() for there in looks.values())


def written(table: str, found: dict[str, dict[str, dict[str, bool]]]) -> str:
    """The table with what was found in the place of what it says."""
    lines = []
    widths = (len("national"), len("leaders"), len("locality"), len("ministry"), 0)
    for line in table.splitlines():
        site = "" if line.startswith("#") else line.partition(" ")[0]
        cells = [cell(found[site][channel]) for channel in AUDIENCES] if site else []
        shown = " ".join(f"{one:<{width}}" for one, width in zip(cells, widths, strict=False))
        lines.append(f"{line[:51]}{shown.rstrip()}" if site else line)
    return "\n".join(lines) + "\n"


def cell(looks: dict[str, bool]) -> str:
    """All or nothing; else what there was."""
    if all(looks.values()):
        return "all"
    return "+".join(look for look, there in looks.items() if there) or "-"
