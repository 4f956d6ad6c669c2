"""Two operators, over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient

from desk.database.errors import DatabaseGoneError
from desk.people.role import Role
from desk.people.second import Rule
from desk.people.second_guard import HEADER
from tests.desk.people.desk import KEY, Desk, ask

URL = "/api/v1/channels/hop/commands"
WAIT = "/api/v1/confirmations"
TAKE = {"do": "take", "feed": 1}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path, rule=Rule.NATIONAL, on={"hop", "hanoi"}, soon={"yte"})
    await made.add(
        ("lan", Role.OPERATOR, ""), ("mai", Role.OPERATOR, ""), ("xem", Role.VIEWER, ""),
        ("ha", Role.DIRECTOR, "01"),
    )
    yield made
    made.close()


@pytest.fixture
async def client(desk: Desk, aiohttp_client: AiohttpClient) -> TestClient:
    return await aiohttp_client(desk.app())


async def test_a_take_waits_for_another_operator_s_yes(desk: Desk, client: TestClient) -> None:
    """T-37."""
    lan, mai = await desk.token("lan"), await desk.token("mai")
    status, said = await ask(client, "POST", URL, lan, **TAKE)
    assert (status, said["confirm"], "xacast confirm 1" in said["remedy"]) == (428, 1, True)
    waiting = (await ask(client, "GET", WAIT, mai))[1]["waiting"]
    told = [(one["who"], one["channel"], one["asked"], one["mine"]) for one in waiting]
    assert told == [("lan", "hop", TAKE, False)]
    again = asyncio.create_task(ask(client, "POST", URL, lan, {HEADER: "1"}, **TAKE))
    await asyncio.sleep(0)
    assert await ask(client, "POST", f"{WAIT}/1", mai) == (
        200, {"confirmed": 1, "who": "lan", "channel": "hop"},
    )
    assert await again == (200, {"name": "lan"})
    assert (await ask(client, "GET", WAIT, mai))[1]["waiting"] == []
    ends = [(one["status"], one.get("confirmed")) for one in desk.entries() if "of" in one]
    assert ends == [(428, None), (200, None), (200, "mai")]
    assert (await ask(client, "POST", URL, lan, {HEADER: "1"}, **TAKE))[0] == 409


async def test_a_yes_may_come_first(desk: Desk, client: TestClient) -> None:
    lan, mai = await desk.token("lan"), await desk.token("mai")
    await ask(client, "POST", URL, lan, **TAKE)
    await ask(client, "POST", f"{WAIT}/1", mai)
    assert (await ask(client, "POST", URL, lan, {HEADER: "1"}, **TAKE))[0] == 200


async def test_neither_oneself_nor_a_viewer_nor_the_machine_is_a_second(desk: Desk, client: TestClient) -> None:
    """T-37."""
    lan = await desk.token("lan")
    await ask(client, "POST", URL, lan, **TAKE)
    for token, status in ((lan, 403), (KEY, 403), (await desk.token("xem"), 403), (await desk.token("ha"), 404)):
        assert (await ask(client, "POST", f"{WAIT}/1", token))[0] == status
    for number in ("2", "x", "1" * 20):
        assert (await ask(client, "POST", f"{WAIT}/{number}", await desk.token("mai")))[0] == 404
    assert (await ask(client, "GET", WAIT, await desk.token("ha")))[1]["waiting"] == []


async def test_who_could_not_do_it_does_not_confirm_it(desk: Desk, client: TestClient) -> None:
    """T-37: an operator may not stop a channel, so he is no second for it."""
    ha, mai = await desk.token("ha"), await desk.token("mai")
    assert (await ask(client, "DELETE", "/api/v1/channels/hanoi", ha))[0] == 428
    assert (await ask(client, "POST", f"{WAIT}/1", mai))[0] == 403


async def test_a_yes_is_for_what_was_asked_and_for_who_asked(desk: Desk, client: TestClient) -> None:
    """T-37."""
    lan, mai = await desk.token("lan"), await desk.token("mai")
    await ask(client, "POST", URL, lan, **TAKE)
    await ask(client, "POST", f"{WAIT}/1", mai)
    others: list[tuple[str, dict[str, Any]]] = [(lan, {"do": "take", "feed": 0}), (mai, TAKE)]
    for token, words in others:
        assert (await ask(client, "POST", URL, token, {HEADER: "1"}, **words))[0] == 409


async def test_without_a_yes_nothing_is_done(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-37."""
    lan = await desk.token("lan")
    await ask(client, "POST", URL, lan, **TAKE)
    monkeypatch.setattr(desk.desk.second, "_left", lambda _ask: 0.01)
    status, said = await ask(client, "POST", URL, lan, {HEADER: "1"}, **TAKE)
    assert (status, "nobody confirmed" in said["problem"]) == (409, True)


@pytest.mark.parametrize("words", [{"do": "cut"}, {"do": "hold"}])
async def test_cut_never_waits(desk: Desk, client: TestClient, words: dict[str, Any]) -> None:
    """T-37."""
    assert (await ask(client, "POST", URL, await desk.token("lan"), **words))[0] == 200


async def test_where_no_such_programme_is_on_one_is_enough(desk: Desk, client: TestClient) -> None:
    lan = await desk.token("lan")
    assert (await ask(client, "POST", "/api/v1/channels/thai/commands", lan, **TAKE))[0] == 200
    assert (await ask(client, "POST", "/api/v1/channels/hop/marks", lan, **TAKE))[0] == 200


async def test_who_begins_a_programme_for_all_is_not_alone(desk: Desk, client: TestClient) -> None:
    """T-37: nothing is on yet; a province's own begins without a second."""
    lan = await desk.token("lan")

    async def begun(channel: str, token: str, **words: Any) -> int:
        return (await ask(client, "POST", f"/api/v1/channels/{channel}/programme/start", token, **words))[0]

    assert await begun("thai", lan, title="Họp khẩn") == 428
    assert await begun("thai", lan, title="Họp khẩn", audience="locality:19") == 200
    assert await begun("thai", lan) == 200
    assert await begun("yte", lan) == 428


async def test_an_order_that_is_no_word_needs_a_second_too(desk: Desk, client: TestClient) -> None:
    for word in ([], {}, None):
        assert (await ask(client, "POST", URL, await desk.token("lan"), do=word))[0] == 428


@pytest.mark.parametrize("audience", ["locality:vn", "locality:Việt Nam", "national"])
async def test_the_country_in_other_words_is_the_country(desk: Desk, client: TestClient, audience: str) -> None:
    """T-37: the root of the regions is everybody."""
    path = "/api/v1/channels/thai/programme/start"
    words = {"title": "Họp khẩn", "audience": audience}
    assert (await ask(client, "POST", path, await desk.token("lan"), **words))[0] == 428


async def test_a_programme_that_would_be_on_air_at_once_needs_a_second(desk: Desk, client: TestClient) -> None:
    """T-37: one that is added with a start in the past goes on air with the answer."""
    now = desk.clock.wall_ns() // 1_000_000_000
    for begins_s, status in ((now - 60, 428), (now + 300, 428), (now + 7_200, 200)):
        start = datetime.fromtimestamp(begins_s, UTC).isoformat()
        words = {"channel": "thai", "title": "Họp", "start": start, "lasting_s": 3_600, "audience": "national"}
        assert (await ask(client, "POST", "/api/v1/programmes", KEY, **words))[0] == status


async def test_a_channel_that_is_off_in_a_programme_is_not_started_alone(desk: Desk, client: TestClient) -> None:
    """T-37."""
    lan = await desk.token("lan")
    assert (await ask(client, "POST", "/api/v1/channels", KEY, name="hop"))[0] == 428
    assert (await ask(client, "POST", "/api/v1/channels", KEY, name="thai"))[0] == 200
    assert (await ask(client, "PATCH", "/api/v1/channels/hop", lan, by_hand=True))[0] == 428


async def test_with_the_database_gone_what_cannot_be_foreseen_is_refused(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-37."""
    async def gone(_work: object) -> None:
        detail = "connection refused"
        raise DatabaseGoneError(detail)

    lan = await desk.token("lan")
    monkeypatch.setattr(desk.door, "ask", gone)
    words = {"title": "Họp khẩn", "audience": "locality:19"}
    assert (await ask(client, "POST", "/api/v1/channels/thai/programme/start", lan, **words))[0] == 503
    assert (await ask(client, "POST", URL, lan, do="cut"))[0] == 200
