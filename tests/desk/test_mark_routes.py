"""Marks over the control API, on a headend with a recorded worker's media."""

from typing import Any

import pytest
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient

from desk.registry import Declared
from tests.desk.rooms import Rooms
from tests.desk.samples import channel
from tests.recorded.builder import EPOCH, recorded_packets

PATH = "/api/v1/channels/hop/marks"


@pytest.fixture
async def client(rooms: Rooms, aiohttp_client: AiohttpClient) -> TestClient:
    entry = rooms.lineup.open(Declared(channel=channel(), revision=1))
    for packet in recorded_packets(entry.declared.channel, EPOCH, 3):
        entry.publisher.take(packet)
    rooms.clock.advance(5.0)
    return await aiohttp_client(rooms.operators())


async def post(client: TestClient, **words: object) -> tuple[int, Any]:
    answer = await client.post(PATH, json=words)
    return answer.status, await answer.json()


async def test_a_mark_is_set_shown_listed_and_told_with_who_set_it(rooms: Rooms, client: TestClient) -> None:
    status, made = await post(client, text="Khai mạc", who="lan")
    assert (status, made["text"], made["duration"]) == (201, "Khai mạc", 0)
    assert (await (await client.get(PATH)).json()) == {"marks": [made]}
    playlist = rooms.store.playlist(channel().id, channel().renditions[0])
    assert playlist is not None
    assert 'X-XACAST-TEXT="Khai mạc"' in playlist.full.plain.decode()
    (event,) = rooms.lineup.events.after(0)
    assert (event["kind"], event["who"], event["channel"]) == ("mark", "lan", "hop")
    assert event["vi"] == f"lan đánh dấu “Khai mạc” ({made['id']})"


async def test_an_open_one_is_ended_once(rooms: Rooms, client: TestClient) -> None:
    _, made = await post(client, text="Hỏi đáp", duration=None)
    rooms.clock.advance(2.0)
    status, ended = await post(client, end=made["id"], who="lan")
    assert (status, ended) == (200, {**made, "duration": 2.0})
    status, answer = await post(client, end=made["id"])
    assert (status, "cannot be changed" in answer["problem"]) == (409, True)
    assert [event["kind"] for event in rooms.lineup.events.after(0)] == ["mark", "mark-ended"]


@pytest.mark.parametrize(("words", "status"), [
    ({"text": 'a "b"'}, 409), ({"text": "a\n#EXT-X-ENDLIST"}, 409), ({"text": "a", "class": "b c"}, 409),
    ({"text": "a", "at": "1999-01-01T00:00:00Z"}, 409), ({"end": "mark-7"}, 404), ({"text": 5}, 400),
])
async def test_what_cannot_be_a_mark_is_refused_and_told_to_nobody(
    rooms: Rooms, client: TestClient, words: dict[str, object], status: int,
) -> None:
    """T-13."""
    found, answer = await post(client, **words)
    assert (found, bool(answer["remedy"])) == (status, True)
    assert rooms.lineup.events.after(0) == []


async def test_a_channel_that_there_is_not_has_no_marks(client: TestClient) -> None:
    assert (await client.get("/api/v1/channels/hep/marks")).status == 404
