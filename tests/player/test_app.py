"""The routes, asked as a browser asks."""

import gzip
from collections.abc import Awaitable, Callable
from datetime import UTC

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from flow.ids import ChannelId
from flow.listing import Document, Item
from flow.occasion import Occasion
from player.app import routes
from player.assets import Assets
from player.catalogue import catalogue

Client = TestClient[web.Request, web.Application]
MakeClient = Callable[[web.Application], Awaitable[Client]]


@pytest.fixture
def channels() -> list[tuple[ChannelId, str]]:
    return [(ChannelId("demo"), "Kênh thử & nghiệm")]


@pytest.fixture
async def client(
    aiohttp_client: MakeClient, channels: list[tuple[ChannelId, str]], assets: Assets,
    monkeypatch: pytest.MonkeyPatch,
) -> Client:
    monkeypatch.setattr(Assets, "load", lambda: assets)
    app = web.Application()
    app.add_routes(routes(lambda _request: channels))
    return await aiohttp_client(app)


async def test_the_list_names_each_channel(client: Client) -> None:
    answer = await client.get("/")
    text = await answer.text()
    assert answer.status == 200
    assert answer.content_type == "text/html"
    assert answer.charset == "utf-8"
    assert 'href="/watch/demo"' in text
    assert "Kênh thử &amp; nghiệm" in text


async def test_a_channel_has_its_page_under_the_strict_policy(client: Client) -> None:
    answer = await client.get("/watch/demo")
    assert answer.status == 200
    assert "/live/demo/index.m3u8" in await answer.text()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("name", ["other", "DEMO", "demo%2f..", "<script>", "%00", "a" * 5000])
async def test_an_unknown_channel_is_404_in_vietnamese_and_never_echoed(client: Client, name: str) -> None:
    answer = await client.get(f"/watch/{name}")
    text = await answer.text()
    assert answer.status == 404
    assert catalogue().words["unknown_channel"]["vi"] in text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script>" not in text


async def test_a_channel_that_appears_later_is_found(
    client: Client, channels: list[tuple[ChannelId, str]],
) -> None:
    assert (await client.get("/watch/later")).status == 404
    channels.append((ChannelId("later"), "Later"))
    assert (await client.get("/watch/later")).status == 200


async def test_english_is_given_when_asked_for(client: Client) -> None:
    assert '<html lang="en">' in await (await client.get("/?lang=en")).text()
    assert '<html lang="vi">' in await (await client.get("/?lang=xx")).text()


async def test_a_file_is_immutable_and_gzipped_for_whoever_takes_it(client: Client, assets: Assets) -> None:
    for accepted in ("gzip", "identity"):
        answer = await client.get(
            assets.url("watch.js"), headers={"Accept-Encoding": accepted}, auto_decompress=False,
        )
        body = await answer.read()
        assert answer.status == 200
        assert answer.content_type == "text/javascript"
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert (gzip.decompress(body) if accepted == "gzip" else body) == b"watch.js"


@pytest.mark.parametrize(
    "path", ["/static/0/watch.js", "/static/{}/..%2fapp.py", "/static/{}/.built", "/static/{}/"],
)
async def test_a_file_that_is_not_known_is_404_and_not_kept(client: Client, assets: Assets, path: str) -> None:
    answer = await client.get(path.format(assets.files["watch.js"].digest))
    assert answer.status == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


async def test_head_is_answered(client: Client) -> None:
    answer = await client.head("/watch/demo")
    assert answer.status == 200
    assert await answer.read() == b""


class _Handing:
    """What a programme has beside the picture."""

    zone = UTC

    def coming(self, _request: web.Request) -> list[Item]:
        return []

    def tries(self, _request: web.Request) -> bool:
        return False

    def elsewhere(self, request: web.Request) -> bool:
        return "elsewhere" in request.query

    def site(self, _request: web.Request) -> str:
        return "Xã Ba Đình"

    def occasion(self, _request: web.Request, channel: ChannelId) -> Occasion:
        over = Item(channel=channel, title="Giao ban <1>", start_s=1_795_000_000, end_s=1_795_003_600)
        return Occasion(site="Xã Ba Đình", ended=over)

    def documents(self, _request: web.Request, channel: ChannelId) -> list[Document]:
        return [Document(
            number=3, channel=channel, title="Báo cáo <1>", title_en="", ending="pdf", size=5_000,
            digest="0a" * 32,
        )]


async def test_a_page_that_is_open_asks_for_its_documents_alone(
    aiohttp_client: MakeClient, channels: list[tuple[ChannelId, str]], assets: Assets,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-31: escaped as in the page; a channel that is not there has none."""
    monkeypatch.setattr(Assets, "load", lambda: assets)
    app = web.Application()
    app.add_routes(routes(lambda _request: channels, _Handing()))
    client = await aiohttp_client(app)
    answer = await client.get("/watch/demo?handed&lang=en")
    text = await answer.text()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Báo cáo &lt;1&gt;" in text
    assert "Documents" in text
    assert "<html" not in text
    assert text.strip() in await (await client.get("/watch/demo?lang=en")).text()
    assert (await client.get("/watch/other?handed")).status == 404


async def test_a_hall_that_comes_after_the_end_reads_that_it_is_over_and_has_its_documents(
    aiohttp_client: MakeClient, assets: Assets, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Assets, "load", lambda: assets)
    app = web.Application()
    app.add_routes(routes(lambda _request: [], _Handing()))
    client = await aiohttp_client(app)
    answer = await client.get("/watch/demo")
    text = await answer.text()
    assert answer.status == 404  # there is no such channel for who asks: the page looks again by itself
    assert "Giao ban &lt;1&gt;" in text
    assert "Cuộc họp đã kết thúc" in text
    assert "/doc/demo/3" in text
    assert "Xã Ba Đình" in text
    assert "Xã Ba Đình" in await (await client.get("/")).text()
    for page in ("/", "/watch/demo"):
        text = await (await client.get(f"{page}?elsewhere")).text()
        assert "không được xem từ mạng đang dùng" in text
        assert "đã kết thúc" not in text
