"""Multivariant playlists, made for who asks."""

import gzip

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from flow.ids import ChannelId
from flow.playlist import Body
from origin.app import middlewares, routes
from origin.gate.invitations import COOKIE, Invitations
from origin.memory_store import MemoryStore
from tests.origin.gate.hall import HALL, TOKEN, OneHall, gate_for
from tests.origin.serving import Client, ClientFactory

COOKIES = {"Cookie": f"{COOKIE}={TOKEN}"}
FOLDER = f"/s/{HALL}-hop/live/hop/"


@pytest.fixture
async def client(aiohttp_client: ClientFactory) -> Client:
    """`hop` and `other` are for those invited, `all` for everybody; the hall is invited to `hop` alone."""
    store = MemoryStore()
    for name in ("hop", "other", "all"):
        for kind in ("index", "ts", "audio"):
            store.publish_multivariant(ChannelId(name), Body.of(f"#EXTM3U\n#{kind}\nv720/index.m3u8\n"), kind)
    hall = OneHall()
    gate = gate_for(hall, lambda name: name == "all")
    invitations = Invitations(hall, lambda site, channel, _until, _device: f"{site}-{channel}", gate)
    app = web.Application(middlewares=middlewares())
    app.add_routes(routes(store, gate=gate, invitations=invitations))
    return await aiohttp_client(TestServer(app))


@pytest.mark.parametrize("kind", ["index", "ts", "audio"])
async def test_a_site_gets_addresses_of_its_own(client: Client, kind: str) -> None:
    """By its link as boxes do, and by its browser's cookie; no cache keeps either."""
    for path, headers in ((f"/t/{TOKEN}/live/hop/{kind}.m3u8", {}), (f"/live/hop/{kind}.m3u8", COOKIES)):
        answer = await client.get(path, headers=headers)
        assert await answer.text() == f"#EXTM3U\n#{kind}\n{FOLDER}v720/index.m3u8\n"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Cookie" in answer.headers["Vary"]
        assert "ETag" not in answer.headers
        assert answer.headers["Content-Type"] == "application/vnd.apple.mpegurl"


async def test_no_page_of_another_server_reads_what_a_cookie_opens(client: Client) -> None:
    """T-30: a link is another matter, since who has it has all."""
    by_cookie = await client.get("/live/hop/index.m3u8", headers=COOKIES)
    assert "Access-Control-Allow-Origin" not in by_cookie.headers
    by_link = await client.get(f"/t/{TOKEN}/live/hop/index.m3u8")
    assert by_link.headers["Access-Control-Allow-Origin"] == "*"


async def test_it_is_gzipped_for_who_takes_it(client: Client) -> None:
    headers = {**COOKIES, "Accept-Encoding": "gzip"}
    async with client.session.get(
        client.make_url("/live/hop/index.m3u8"), headers=headers, auto_decompress=False,
    ) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert FOLDER in gzip.decompress(await answer.read()).decode()
    assert (await client.head("/live/hop/index.m3u8", headers=headers)).status == 200


@pytest.mark.parametrize("path", [
    "/live/hop/index.m3u8", f"/t/{'x' * 43}/live/hop/index.m3u8", f"/t/{'x' * 43}/live/nowhere/index.m3u8",
    f"/t/{TOKEN}/live/other/index.m3u8", f"/t/{TOKEN}/live/nowhere/index.m3u8", "/live/nowhere/index.m3u8",
    "/live/hop/thumbnails/index.vtt", "/live/nowhere/thumbnails/index.vtt", f"/t/{TOKEN}/live/HOP/index.m3u8",
])
async def test_what_a_site_is_not_invited_to_does_not_exist_for_it(client: Client, path: str) -> None:
    """T-12, T-14: neither for others, and all look alike, also to a cache."""
    answer = await client.get(path)
    prefix = f"/t/{TOKEN}" if path.startswith("/t/") else ""
    nowhere = await client.get(f"{prefix}/live/nowhere/index.m3u8")
    assert answer.status == 404
    assert {**answer.headers, "Date": ""} == {**nowhere.headers, "Date": ""}
    assert answer.headers["Vary"] == "Cookie"
    assert (await client.get("/live/other/index.m3u8", headers=COOKIES)).status == 404


async def test_what_is_open_is_the_same_for_everybody(client: Client) -> None:
    """One answer for a cache to keep, cookie or none."""
    plain = await client.get("/live/all/index.m3u8")
    known = await client.get("/live/all/index.m3u8", headers=COOKIES)
    assert await plain.text() == await known.text() == "#EXTM3U\n#index\nv720/index.m3u8\n"
    assert plain.headers["Cache-Control"] == known.headers["Cache-Control"] == "max-age=1"
    by_link = await client.get(f"/t/{TOKEN}/live/all/index.m3u8")
    assert "\n/live/all/v720/index.m3u8" in await by_link.text()


async def test_the_page_s_list_of_pictures_is_found_by_the_cookie(client: Client) -> None:
    answer = await client.get("/live/hop/thumbnails/index.vtt", headers=COOKIES, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (302, f"{FOLDER}thumbnails/index.vtt")
    assert answer.headers["Cache-Control"] == "no-store"
