"""What is open is for everybody; what is not is for the bearer of its token, and unknown to everybody else."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from flow.ids import ChannelId
from flow.key_turns import UNIT
from flow.names import InitName, PartName, SegmentName
from flow.playlist import Body
from flow.timebase import SCALE
from origin.app import middlewares, routes
from origin.guard import unsigned
from origin.key_route import BURST
from origin.memory_store import MemoryStore
from origin.viewers import Viewers
from tests.origin.builders import DEMO, RUN, V720, advance, fill
from tests.origin.gate.hall import HALL, OneHall, gate_for
from tests.origin.gate.tokens import HOUR, NOW, token
from tests.origin.serving import Client, ClientFactory, Origin

KEY = bytes(range(16))
ENDED = 468_828 * UNIT // SCALE
MEDIA = (
    "live/demo/index.m3u8", "live/demo/ts.m3u8", "live/demo/v720/index.m3u8", f"live/demo/v720/{InitName(RUN)}",
    f"live/demo/v720/{SegmentName(100, RUN)}", f"live/demo/v720/{PartName(100, RUN, 2)}",
)
KEYS = "keys/demo/468750"
NOWHERE = "live/nowhere/v720/index.m3u8"


class OneKey:
    def shown(self, channel: ChannelId, number: int, since: int = 0) -> bytes | None:
        known = (channel, number) == ("demo", 468_750) and since < ENDED
        return KEY if known else None


class Guarded(Origin):
    """An origin behind a gate; `open` are the channels that everybody may watch."""

    open: set[str]
    guests: OneHall


@pytest.fixture
async def origin(aiohttp_client: ClientFactory) -> Guarded:
    store, viewers, opened = MemoryStore(), Viewers(), set[str]()
    fill(store)
    store.publish_multivariant(DEMO, Body.of("#EXTM3U\n# for boxes\n"), "ts")
    guests = OneHall(DEMO)
    gate = gate_for(guests, opened.__contains__)
    app = web.Application(middlewares=middlewares())
    app.add_routes(routes(store, viewers=viewers, keys=OneKey(), gate=gate))
    app.on_response_prepare.append(unsigned)
    made = Guarded(store, await aiohttp_client(TestServer(app)), viewers)
    made.open, made.guests = opened, guests
    return made


async def told(client: Client, path: str) -> tuple[int, bytes, dict[str, str]]:
    answer = await client.get(path)
    headers = {name: value for name, value in answer.headers.items() if name != "Date"}
    return answer.status, await answer.read(), headers


@pytest.mark.parametrize("path", [*MEDIA, KEYS])
async def test_a_token_opens_what_its_channel_has(origin: Guarded, path: str) -> None:
    """With the very answer that everybody gets where the channel is open."""
    status, body, headers = await told(origin.client, f"/s/{token(channel=DEMO)}/{path}")
    assert status == 200
    origin.open.add(DEMO)
    assert (200, body, headers) == await told(origin.client, f"/{path}")


@pytest.mark.parametrize(("path", "status"), [
    *((path, 200) for path in MEDIA[:4]), *((path, 404) for path in MEDIA[4:]),
])
async def test_what_was_before_a_programme_is_not_for_its_guests(origin: Guarded, path: str, status: int) -> None:
    """T-14: the channel's past is one for all, and the programme before may have had others."""
    late = token(channel=DEMO, since=NOW)
    assert (await told(origin.client, f"/s/{late}/{path}"))[0] == status
    early = token(channel=DEMO, since=100)
    assert (await told(origin.client, f"/s/{early}/{path}"))[0] == 200


async def test_a_key_of_before_a_programme_is_not_for_its_guests(origin: Guarded) -> None:
    """T-14, T-16: with the answer of a key that there is not."""
    late = token(channel=DEMO, since=ENDED)
    assert await told(origin.client, f"/s/{late}/{KEYS}") == await told(origin.client, f"/s/{late}/keys/demo/1")
    assert (await told(origin.client, f"/s/{late}/{KEYS}"))[0] == 404
    early = token(channel=DEMO, since=ENDED - 1)
    assert (await told(origin.client, f"/s/{early}/{KEYS}"))[0] == 200


@pytest.mark.parametrize("path", [*MEDIA, KEYS])
async def test_without_one_there_is_no_such_channel(origin: Guarded, path: str) -> None:
    """T-12, T-14: no token, and every wrong one, have the answer of a channel that does not exist."""
    wrong = {
        "none": "", "empty": "s//", "rubbish": "s/x/", "other channel": f"s/{token(channel='other')}/",
        "ended": f"s/{token(channel=DEMO, now=NOW - 2 * HOUR, until=NOW - HOUR)}/",
        "other key": f"s/{token(channel=DEMO, by='two')}/", "cut": f"s/{token(channel=DEMO)[:-1]}/",
        "twice": f"s/{token(channel=DEMO)}/s/{token(channel=DEMO)}/", "long": f"s/{'a' * 4000}/",
    }
    other = path.replace("demo", "nowhere")
    nowhere = [await told(origin.client, f"{prefix}/{other}") for prefix in ("", f"/s/{token(channel='nowhere')}")]
    assert [(status, body) for status, body, _ in nowhere] == [(404, b"")] * 2
    assert nowhere[1][2]["Cache-Control"] == "no-store"  # no cache keeps an answer to somebody's own address
    for why, prefix in wrong.items():
        if why not in {"empty", "twice"}:  # no address at all
            assert await told(origin.client, f"/{prefix}{path}") == nowhere[bool(prefix)], why
        assert (await told(origin.client, f"/{prefix}{path}"))[0] == 404


async def test_a_token_for_one_channel_says_nothing_of_others(origin: Guarded) -> None:
    origin.open.add(DEMO)
    mine = f"/s/{token(channel='mine')}"
    assert await told(origin.client, f"{mine}/live/demo/v720/index.m3u8") == await told(
        origin.client, f"{mine}/{NOWHERE}",
    )


async def test_nothing_is_parked_for_who_may_not_come_in(origin: Guarded) -> None:
    """T-17: neither a playlist nor a part that is hinted at."""
    for path in ("live/demo/v720/index.m3u8?_HLS_msn=101&_HLS_part=0", f"live/demo/v720/{PartName(101, RUN, 0)}"):
        async with asyncio.timeout(5):
            assert (await told(origin.client, f"/{path}"))[0] == 404
            assert (await told(origin.client, f"/s/{token(by='two')}/{path}"))[0] == 404
        waiting = asyncio.create_task(told(origin.client, f"/s/{token(channel=DEMO)}/{path}"))
        await origin.parked(1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await origin.parked(0)
    advance(origin.store, 101, 0)


async def test_one_site_parks_so_many_requests_and_no_more(origin: Guarded) -> None:
    """T-17."""
    path = f"live/demo/{V720}/index.m3u8?_HLS_msn=101&_HLS_part=0"
    mine, other = f"/s/{token(channel=DEMO)}/{path}", f"/s/{token('xa-2', DEMO)}/{path}"
    waiting = [asyncio.create_task(told(origin.client, mine)) for _ in range(64)]
    await origin.parked(64)
    assert (await told(origin.client, mine))[0] == 503
    waiting.append(asyncio.create_task(told(origin.client, other)))
    await origin.parked(65)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_keys_go_to_each_site_at_a_pace(origin: Guarded) -> None:
    """T-16: and no answer of the kind stays in a cache."""
    path = f"/s/{token(channel=DEMO)}/{KEYS}"
    for _ in range(BURST):
        assert (await origin.client.get(path)).status == 200
    status, body, headers = await told(origin.client, path)
    while status == 200:  # some came in again while we asked
        status, body, headers = await told(origin.client, path)
    assert (status, body, headers["Cache-Control"], headers["Retry-After"]) == (503, b"", "no-store", "1")
    assert (await origin.client.get(f"/s/{token('xa-2', DEMO)}/{KEYS}")).status == 200
    assert (await origin.client.get(f"/s/{token(channel='other')}/{KEYS}")).status == 404


async def test_who_is_excluded_is_out_with_the_next_request(origin: Guarded) -> None:
    """T-15: whatever his token says; he finds what does not exist."""
    nowhere = await told(origin.client, f"/{NOWHERE}")
    for path in (*MEDIA, KEYS):
        address = f"/s/{token(channel=DEMO)}/{path}"
        assert (await told(origin.client, address))[0] == 200
        origin.guests.out.add(HALL)
        assert (await told(origin.client, address))[:2] == nowhere[:2]
        origin.guests.out.clear()


async def test_a_token_from_elsewhere_opens_nothing(origin: Guarded) -> None:
    """T-15: from the address where its site may not be, each time."""
    address = f"/s/{token(channel=DEMO)}/{MEDIA[2]}"
    assert (await told(origin.client, address))[0] == 200
    origin.guests.elsewhere.add("127.0.0.1")
    nowhere = f"/s/{token(channel='nowhere')}/{NOWHERE}"
    assert await told(origin.client, address) == await told(origin.client, nowhere)


async def test_a_device_too_many_hears_that_and_no_other_is_disturbed(origin: Guarded) -> None:
    """T-15."""
    paths = [f"/s/{token(channel=DEMO, device=f'device-{number:05d}')}/{MEDIA[2]}" for number in range(5)]
    assert [(await told(origin.client, path))[0] for path in paths] == [200, 200, 200, 200, 403]
    status, body, headers = await told(origin.client, paths[4])
    assert (status, body, headers["Cache-Control"]) == (403, b"", "no-store")
    assert [(await told(origin.client, path))[0] for path in paths[:4]] == [200] * 4
    origin.guests.most = 5
    assert (await told(origin.client, paths[4]))[0] == 200
