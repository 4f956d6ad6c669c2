"""A database that dies under a running channel with invited sites, and comes back: seen from a hall and a desk."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import aiohttp
import pytest

from desk.database import engine
from desk.database.database import Database
from desk.definition import channel_of
from desk.headend import Headend
from desk.listener import Listener
from desk.machine_key import headers_with, machine_key
from desk.registry import Registry
from desk.settings import Settings
from flow.channel import Channel
from tests.desk.database.postgres import PostgresServer
from tests.desk.register.filled import a_site, fill
from tests.recorded.builder import EPOCH, recorded_packets
from tests.recorded.clock import SteppedClock

FREE = Listener("127.0.0.1", 0)
CHANNEL = channel_of("hop", ["testcard:"], ladder="tiny")
TOGETHER = 3
"""Segments that come between two looks."""


@dataclass(frozen=True)
class Trouble:
    """A database, and how it goes and comes back."""

    url: str
    go: Callable[[], None]
    come: Callable[[], None]


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    made = PostgresServer()
    yield made
    made.close()


@pytest.fixture(params=["killed", "locked", "moved"])
def trouble(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trouble]:
    path = tmp_path / "register.db"
    if request.param == "killed":
        server: PostgresServer = request.getfixturevalue("server")
        yield Trouble(server.new(), server.kill, server.start)
    elif request.param == "moved":
        away = tmp_path / "away.db"
        yield Trouble("", lambda: path.replace(away) and None, lambda: away.replace(path) and None)
    else:
        monkeypatch.setattr(engine, "PATIENCE_S", 0.1)
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        yield Trouble("", lambda: _do(other, "BEGIN EXCLUSIVE"), lambda: _do(other, "ROLLBACK"))
        other.close()


def _do(connection: sqlite3.Connection, words: str) -> None:
    connection.execute(words)


class Line:
    """A headend on a stepped clock, a worker that is recorded, a hall with a link, a desk with the key."""

    def __init__(self, data: Path, headend: Headend, clock: SteppedClock, session: aiohttp.ClientSession) -> None:
        self._headend, self._clock, self._session = headend, clock, session
        self._key = headers_with(machine_key(data))
        self._packets = recorded_packets(_channel(headend), EPOCH, segments=100)
        self._until = EPOCH
        self._link = ""

    async def ask(self, method: str, path: str, **words: object) -> tuple[int, dict[str, object]]:
        ports = self._headend.ports
        assert ports is not None
        url = f"{ports.operators.url}/api/v1/{path}"
        async with self._session.request(method, url, json=words, headers=self._key) as answer:
            return answer.status, await answer.json()

    async def give_link(self) -> None:
        status, told = await self.ask("POST", "links", sites=["s00004"])
        assert status == 201
        links = told["links"]
        assert isinstance(links, dict)
        self._link = links["s00004"]

    def more(self) -> None:
        """Some segments come."""
        self._until += TOGETHER * CHANNEL.profile.segment
        for packet in self._packets:
            end = getattr(packet, "end", EPOCH)
            self._clock.advance_to(end)
            self._headend.lineup.get(CHANNEL.id).publisher.take(packet)  # type: ignore[union-attr]
            if end >= self._until and not hasattr(packet, "codecs"):
                break
        self._headend.lineup.tick()

    async def seen(self, held: str = "") -> tuple[str, int]:
        """The address of a media playlist as the hall gets it, unless it is given, and how many whole segments it
        has, all of them there."""
        address = held
        if not address:
            start = f"{self._link}live/hop/index.m3u8"
            address = urljoin(start, next(one for one in (await self._text(start)).splitlines() if one[0] != "#"))
        text = await self._text(address)
        assert "EXT-X-GAP" not in text
        assert "#EXT-X-DISCONTINUITY\n" not in text
        segments = re.findall(r"^[^#\n].*\.m4s$", text, re.MULTILINE)
        numbers = [int(one.partition("-")[0]) for one in segments]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        for one in segments:
            await self._text(urljoin(address, one))
        return address, len(segments)

    async def _text(self, address: str) -> str:
        async with self._session.get(address) as answer:
            assert answer.status == 200, address
            return (await answer.read()).decode("utf-8", "replace")


def _channel(headend: Headend) -> Channel:
    entry = headend.lineup.get(CHANNEL.id)
    assert entry is not None
    return entry.declared.channel


@pytest.fixture
async def line(tmp_path: Path, trouble: Trouble) -> AsyncIterator[Line]:
    registry = Registry(tmp_path / "xacast.db")
    registry.add(CHANNEL, revision=1)
    registry.close()
    settings = Settings(data=tmp_path, viewers=FREE, operators=FREE, machines=FREE, database_url=trouble.url)
    fill(Database.open(settings.register), a_site()).close()
    clock = SteppedClock(wall_units=EPOCH)
    headend = Headend(settings=settings, clock=clock)
    await headend.start()
    async with aiohttp.ClientSession() as session:
        yield Line(tmp_path, headend, clock, session)
    await headend.stop()


async def test_halls_watch_on_and_changes_wait_until_it_is_back(line: Line, trouble: Trouble) -> None:
    """What is on air stays on air, tokens keep working, nothing is to be started anew."""
    await line.give_link()
    assert (await line.ask("POST", "channels/hop/programme/start", title="Họp"))[0] == 200
    line.more()
    before, count = await line.seen()
    for turn in range(2):
        await asyncio.to_thread(trouble.go)
        line.more()
        for method, path, words in (
            ("PATCH", "sites/s00004", {"note": f"note {turn}"}), ("POST", "links", {"sites": ["s00004"]}),
            ("POST", "channels/hop/programme/stop", {}),
        ):
            status, told = await line.ask(method, path, **words)
            assert (status, "What is on air stays on air" in str(told)) == (503, True), told
        held, kept = await line.seen(before)
        made, new = await line.seen()
        assert kept == new == count + TOGETHER
        await asyncio.to_thread(trouble.come)
        line.more()
        status, told = await line.ask("PATCH", "sites/s00004", note=f"note {turn}")
        assert (status, told["note"]) == (200, f"note {turn}")
        before, count = await line.seen()
        assert count == kept + TOGETHER
        assert (await line.seen(held))[1] == (await line.seen(made))[1] == count
