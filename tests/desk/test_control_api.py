"""The control API declares, shows and takes off channels."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient
from aiohttp.typedefs import Handler

from desk.definition import channel_from
from desk.people.person import PERSON, Person
from desk.people.role import Role
from flow.event import EventKind
from flow.ids import ChannelId
from flow.standing import Standing
from tests.desk.rooms import Rooms
from tests.desk.samples import channel, event, worker_status

WORDS = {"name": "hop", "feeds": ["srt://10.0.0.5:9000?passphrase=hush-hush-hush"], "ladder": "tiny"}


@pytest.fixture
async def client(rooms: Rooms, aiohttp_client: AiohttpClient) -> TestClient:
    return await aiohttp_client(rooms.operators())


async def declare(client: TestClient, **change: object) -> tuple[int, Any]:
    answer = await client.post("/api/v1/channels", json={**WORDS, **change})
    return answer.status, await answer.json()


async def test_a_declared_channel_is_shown_and_kept(rooms: Rooms, client: TestClient) -> None:
    status, made = await declare(client, title="Họp")
    assert (status, made["title"], made["state"], made["profile"]) == (201, "Họp", "starting", "low")
    assert rooms.registry.get(ChannelId("hop")) is not None
    listed = await (await client.get("/api/v1/channels")).json()
    assert listed == {"viewers": "http://127.0.0.1:8080", "sites": 0, "channels": [made]}
    assert await (await client.get("/api/v1/channels/hop")).json() == made


async def test_a_removed_channel_is_gone_everywhere(rooms: Rooms, client: TestClient) -> None:
    await declare(client)
    assert await (await client.delete("/api/v1/channels/hop")).json() == {"stopped": "hop"}
    assert rooms.registry.channels() == ()
    assert rooms.lineup.get("hop") is None
    assert (await client.get("/api/v1/channels/hop")).status == 404
    assert (await client.delete("/api/v1/channels/hop")).status == 404


async def test_a_channel_that_cannot_be_read_can_be_removed(rooms: Rooms, client: TestClient) -> None:
    rooms.registry.add(channel(), revision=1)  # declared, and not in the lineup
    assert (await client.delete("/api/v1/channels/hop")).status == 200
    assert rooms.registry.wanted() == {}


async def test_settings_are_kept_with_the_channel(rooms: Rooms, client: TestClient) -> None:
    status, _ = await declare(client, loudness="-16", delay=400, each={"cold": ["1"], "trim": ["1=120"]})
    kept = rooms.registry.get(ChannelId("hop"))
    assert status == 201
    assert kept is not None
    assert (kept.channel.loudness, kept.channel.delay_ms) == (-16.0, 400)
    assert (kept.channel.feeds[0].cold, kept.channel.feeds[0].trim_ms) == (True, 120)


async def test_settings_of_a_channel_on_air_are_changed_kept_and_told_to_its_worker(
    rooms: Rooms, client: TestClient, aiohttp_client: AiohttpClient,
) -> None:
    """The revision stays: the supervisor leaves the worker alone."""
    await declare(client)
    before = rooms.registry.get(ChannelId("hop"))
    machines = await aiohttp_client(rooms.machines())
    async with machines.ws_connect("/worker/hop") as link:
        await link.receive_json()
        answer = await client.patch("/api/v1/channels/hop", json={"loudness": "-16", "who": "lan"})
        assert (answer.status, (await answer.json())["loudness"]) == (200, -16.0)
        told = await link.receive_json()
    after = rooms.registry.get(ChannelId("hop"))
    assert before is not None
    assert after is not None
    assert (told["do"], told["definition"]["settled"]) == ("run", after.settled)
    assert channel_from(told["definition"]) == after.channel
    assert (after.channel.loudness, after.revision, after.settled > 0) == (-16.0, before.revision, True)
    assert after.channel.feeds == before.channel.feeds


async def test_who_started_set_and_stopped_a_channel_and_why_is_told(rooms: Rooms, client: TestClient) -> None:
    await declare(client, who="lan", why="giao ban")
    for loudness in ("-16", "-16"):  # the second one changes nothing
        await client.patch("/api/v1/channels/hop", json={"loudness": loudness, "who": "minh", "why": "nhỏ"})
    await client.delete("/api/v1/channels/hop", json={"who": "hoa"})
    told = rooms.lineup.events.after(0, "hop")
    assert [(one["kind"], one["who"]) for one in told] == [
        ("declared", "lan"), ("settings", "minh"), ("stopped", "hoa"),
    ]
    assert told[0]["en"] == "lan started the channel: srt://10.0.0.5:9000?passphrase=…, tiny, low: giao ban"
    assert told[1]["en"] == "minh changed settings: loudness -16 LUFS: nhỏ"
    assert "hush" not in str(told)


async def test_who_says_too_much_of_himself_does_nothing(rooms: Rooms, client: TestClient) -> None:
    """T-33: a log has a line for each event."""
    assert (await declare(client, why="a\nb"))[0] == 400
    await declare(client)
    assert (await client.delete("/api/v1/channels/hop", json={"who": "a" * 65})).status == 400
    assert rooms.lineup.get("hop") is not None


async def test_what_was_asked_of_a_feed_is_told_once_it_is_done(
    rooms: Rooms, client: TestClient, aiohttp_client: AiohttpClient,
) -> None:
    await declare(client)
    machines = await aiohttp_client(rooms.machines())
    async with machines.ws_connect("/worker/hop") as link:
        await link.receive_json()
        for do in ("preview", "learn-lobby", "forget-lobby", "retry"):
            asking = asyncio.create_task(order(client, do=do, feed=0, who="lan"))
            asked = await link.receive_json()
            await link.send_json({"tell": "answer", "id": asked["id"], "tick": 0})
            await asyncio.wait_for(asking, 5)
        told = rooms.lineup.events.after(0, "hop")[1:]
    assert [one["kind"] for one in told] == ["preview", "lobby-learnt", "lobby-forgotten", "retry"]
    assert all((one["who"], one["data"]["feed"]) == ("lan", 1) for one in told)


@pytest.mark.parametrize(("name", "words", "status"), [
    ("hop", {"ladder": "tiny"}, 400), ("hop", {}, 400), ("thu", {"delay": 400}, 404),
])
async def test_what_may_not_be_changed_is_not(
    rooms: Rooms, client: TestClient, name: str, words: dict[str, object], status: int,
) -> None:
    """T-28."""
    await declare(client)
    before = rooms.registry.get(ChannelId("hop"))
    assert (await client.patch(f"/api/v1/channels/{name}", json=words)).status == status
    assert rooms.registry.get(ChannelId("hop")) == before


async def test_a_port_that_another_channel_has_is_a_conflict_on_one_machine_alone(client: TestClient) -> None:
    await declare(client, feeds=["srt://:9000?passphrase=hush-hush-hush"])
    feeds = ["testcard:", "udp://10.0.0.9:9000"]
    status, said = await declare(client, name="thu", feeds=feeds)
    assert (status, "channel hop has its port" in said["problem"], "hush" in str(said)) == (409, True, False)
    assert (await declare(client, name="thu", feeds=feeds, remote=True))[0] == 201
    assert (await declare(client, name="ba", feeds=["udp://:9000"]))[0] == 409
    await client.delete("/api/v1/channels/hop")
    assert (await declare(client, name="ba", feeds=["udp://:9000"]))[0] == 201


async def test_a_taken_name_is_a_conflict(client: TestClient) -> None:
    await declare(client)
    status, said = await declare(client)
    assert status == 409
    assert "running already" in said["problem"]


@pytest.mark.parametrize(("change", "sentence"), [
    ({"name": "../etc"}, "cannot be a channel's name"),
    ({"name": 5}, "wrong at name"),
    ({"feeds": []}, "has no feed"),
    ({"feeds": [5]}, "wrong at feeds"),
    ({"feeds": "testcard:"}, "wrong at feeds"),
    ({"ladder": "tinny"}, "no ladder"),
    ({"profile": "lwo"}, "no profile"),
    ({"title": "a\nb"}, "control characters"),
    ({"stranger": 1}, "wrong at stranger"),
    ({"remote": "yes"}, "wrong at remote"),
    ({"rules": "blak=2"}, "no rule “blak”"),
    ({"rules": ["black=2"]}, "wrong at rules"),
    ({"delay": "200"}, "wrong at delay"),
    ({"loudness": -23}, "wrong at loudness"),
    ({"each": ["cold"]}, "wrong at each"),
    ({"each": {"cold": "2"}}, "wrong at cold"),
    ({"each": {"cold": [2]}}, "wrong at cold"),
    ({"each": {"cald": ["1"]}}, "no setting “cald”"),
])
async def test_nonsense_is_refused_and_nothing_is_declared(
    rooms: Rooms, client: TestClient, change: dict[str, object], sentence: str,
) -> None:
    """T-13, T-28: unknown means refused."""
    status, said = await declare(client, **change)
    assert status == 400
    assert sentence in said["problem"]
    assert rooms.registry.channels() == ()


@pytest.mark.parametrize("body", ["", "{", "[]", "3", '"hop"', "null", "[" * 5_000])
async def test_what_is_no_declaration_is_refused(client: TestClient, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await client.post("/api/v1/channels", data=body, headers=headers)
    assert answer.status == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_a_form_of_a_foreign_page_declares_nothing(rooms: Rooms, client: TestClient, kind: str) -> None:
    """T-30: what a page can send without asking first is refused."""
    answer = await client.post("/api/v1/channels", data=b"{}", headers={"Content-Type": kind})
    assert answer.status == 415
    assert rooms.registry.channels() == ()


async def test_another_host_name_reaches_nothing(client: TestClient) -> None:
    """T-30, T-45: DNS rebinding."""
    for path in ("/api/v1/channels", "/healthz", "/metrics"):
        assert (await client.get(path, headers={"Host": "evil.example"})).status == 403


async def test_no_answer_holds_a_secret(rooms: Rooms, client: TestClient) -> None:
    """T-11."""
    await declare(client)
    entry = rooms.lineup.get("hop")
    assert entry is not None
    rooms.lineup.hear(entry, worker_status())
    for path in ("/api/v1/channels", "/api/v1/channels/hop", "/metrics"):
        assert "hush" not in await (await client.get(path)).text()


async def test_health_and_numbers_are_text(client: TestClient) -> None:
    await declare(client)
    assert await (await client.get("/healthz")).text() == "ok\n"
    answer = await client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "xacast_channels 1" in await answer.text()


async def test_a_registry_that_fails_is_told_and_nothing_is_on(rooms: Rooms, client: TestClient) -> None:
    """F-21."""
    rooms.registry.close()
    status, said = await declare(client)
    assert status == 503
    assert "registry" in said["problem"]
    assert rooms.lineup.get("hop") is None


async def order(client: TestClient, **words: object) -> tuple[int, Any]:
    answer = await client.post("/api/v1/channels/hop/commands", json=words)
    return answer.status, await answer.json()


async def test_an_order_is_answered_when_the_worker_has_done_it(
    rooms: Rooms, client: TestClient, aiohttp_client: AiohttpClient,
) -> None:
    await declare(client, feeds=["testcard:", "testcard:"])
    machines = await aiohttp_client(rooms.machines())
    async with machines.ws_connect("/worker/hop") as link:
        await link.receive_json()
        asking = asyncio.create_task(order(client, do="take", feed=1, who="lan"))
        told = await link.receive_json()
        assert (told["do"], told["order"]) == ("order", {"do": "take", "feed": 1, "who": "lan"})
        assert not asking.done()
        await link.send_json({"tell": "answer", "id": told["id"], "tick": 1_000})
        assert await asyncio.wait_for(asking, 5) == (200, {"tick": 1_000})


async def test_a_cut_stands_from_the_moment_it_is_done(
    rooms: Rooms, client: TestClient, aiohttp_client: AiohttpClient,
) -> None:
    """The power may fail before the worker's next status says so."""
    await declare(client)
    entry = rooms.lineup.get("hop")
    assert entry is not None
    machines = await aiohttp_client(rooms.machines())
    async with machines.ws_connect("/worker/hop") as link:
        await link.receive_json()
        asking = asyncio.create_task(order(client, do="cut"))
        told = await link.receive_json()
        assert entry.standing is None
        await link.send_json({"tell": "answer", "id": told["id"], "tick": 1_000})
        await asyncio.wait_for(asking, 5)
    assert entry.standing == Standing(cut=True).to_json()


async def test_who_cut_stands_in_the_report(rooms: Rooms, client: TestClient) -> None:
    await declare(client)
    entry = rooms.lineup.get("hop")
    assert entry is not None
    rooms.lineup.events.hear(9, 1, event(1_795_309_323_000_000_000, EventKind.CUT, who="lan", data={}))
    rooms.lineup.hear(entry, worker_status())
    assert (await (await client.get("/api/v1/channels/hop")).json())["ordered"] is None
    rooms.lineup.hear(entry, replace(worker_status("slate"), mode="cut"))
    shown = await (await client.get("/api/v1/channels/hop")).json()
    assert shown["ordered"] == {"who": "lan", "at": "2026-11-22T01:02:03.000Z"}


@pytest.mark.parametrize(("words", "status", "sentence"), [
    ({"do": "cut"}, 503, "no worker of hop is connected"),
    ({"do": "take", "feed": 1}, 409, "no feed 1, counted from 0"),
    ({"do": "dance"}, 400, "no command “dance”"),
    ({"do": "take"}, 400, "needs a feed"),
])
async def test_an_order_that_cannot_be_done_is_refused(
    client: TestClient, words: dict[str, object], status: int, sentence: str,
) -> None:
    """T-28."""
    await declare(client)
    got, said = await order(client, **words)
    assert (got, sentence in said["problem"]) == (status, True)


async def test_an_order_to_a_channel_that_there_is_not_is_refused(client: TestClient) -> None:
    assert (await order(client, do="cut"))[0] == 404


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_a_form_of_a_foreign_page_orders_nothing(client: TestClient, kind: str) -> None:
    """T-30."""
    await declare(client)
    headers = {"Content-Type": kind}
    answer = await client.post("/api/v1/channels/hop/commands", data=b'{"do": "cut"}', headers=headers)
    assert answer.status == 415


async def test_who_has_a_part_of_the_country_hears_of_no_other_s_channel(
    rooms: Rooms, aiohttp_client: AiohttpClient,
) -> None:
    """T-28: neither by a name that is not there, nor by a port that is taken."""
    @web.middleware
    async def as_ha(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[PERSON] = Person(name="ha", role=Role.DIRECTOR, runs=lambda name: name == "hanoi")
        return await handler(request)

    await declare(await aiohttp_client(rooms.operators()), name="mat", feeds=["srt://:9000"], insecure=True)
    app = rooms.operators()
    app.middlewares.append(as_ha)
    ha = await aiohttp_client(app)
    said = await (await ha.get("/api/v1/channels/nothing")).json()
    assert said["remedy"] == "Running: none; start one with `xacast start`"
    status, said = await declare(ha, name="hanoi", feeds=["srt://:9000"], insecure=True)
    assert (status, "another channel has its port" in said["problem"], "mat" in str(said)) == (409, True, False)


@pytest.mark.parametrize(("person", "status"), [
    (Person(name="lan", role=Role.DIRECTOR), 200), (Person(name="mai", role=Role.OPERATOR), 403),
    (Person(name="ha", role=Role.ADMINISTRATOR, region="01"), 403),
])
async def test_a_director_of_the_country_says_whose_channel_it_is(
    rooms: Rooms, aiohttp_client: AiohttpClient, person: Person, status: int,
) -> None:
    """T-28: nobody gives a channel to himself, or away."""
    @web.middleware
    async def as_person(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[PERSON] = person
        return await handler(request)

    await declare(await aiohttp_client(rooms.operators()))
    app = rooms.operators()
    app.middlewares.append(as_person)
    client = await aiohttp_client(app)
    assert (await client.patch("/api/v1/channels/hop", json={"region": "01"})).status == status
    assert rooms.registry.region("hop") == ("01" if status == 200 else "")
