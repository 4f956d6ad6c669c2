"""Who has a feed's port, over the control API."""

from dataclasses import replace
from typing import Any

import pytest
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient

from desk.registry import Declared
from flow.channel import Channel
from flow.ids import ChannelId
from ingest.kinds import feed_of
from tests.desk.rooms import Rooms
from tests.desk.samples import channel

KEY = "rtmp://:1935/live/" + "k" * 22


def of(name: str, *addresses: str) -> Channel:
    return replace(channel(), id=ChannelId(name), feeds=tuple(map(feed_of, addresses)))


@pytest.fixture
async def client(rooms: Rooms, aiohttp_client: AiohttpClient) -> TestClient:
    rooms.lineup.open(Declared(channel=of("cu", "srt://:9000?passphrase=hush-hush-hush", KEY), revision=1))
    rooms.lineup.open(Declared(channel=of("xa", "udp://127.0.0.1:5000"), revision=1, remote=True))
    return await aiohttp_client(rooms.operators())


async def ask(client: TestClient, words: object) -> tuple[int, Any]:
    answer = await client.post("/api/v1/rivals", json=words)
    return answer.status, await answer.json()


@pytest.mark.parametrize(("feed", "rival"), [
    ("udp://10.0.0.9:9000", "channel cu has its port of this machine already, for srt://:9000?passphrase=…"),
    (KEY, "channel cu has its stream key already, for rtmp:///live/…"),
])
async def test_the_channel_is_named_without_a_secret(client: TestClient, feed: str, rival: str) -> None:
    """T-11."""
    assert await ask(client, {"feed": feed}) == (200, {"rival": rival, "channel": "cu"})


@pytest.mark.parametrize("feed", ["testcard:", KEY + "x", "srt://10.0.0.5:9000", "udp://127.0.0.1:5000"])
async def test_what_nobody_has_here_is_nobody_s(client: TestClient, feed: str) -> None:
    assert await ask(client, {"feed": feed}) == (200, {"rival": "", "channel": ""})


@pytest.mark.parametrize("words", [[], {}, {"feed": 5}, {"feed": "srtt://a"}])
async def test_a_question_without_a_feed_is_refused(client: TestClient, words: object) -> None:
    status, answer = await ask(client, words)
    assert (status, bool(answer["problem"])) == (400, True)
