"""Addresses by their parts."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from origin.paths import Handler, Paths, PathsDef
from tests.origin.serving import Client, ClientFactory


def saying(word: str) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=f"{word} {' '.join(f'{key}={part}' for key, part in request.match_info.items())}")

    return answer


@pytest.fixture
async def client(aiohttp_client: ClientFactory) -> Client:
    app = web.Application()
    app.add_routes([PathsDef({
        "/live/{channel}/index.m3u8": saying("list"), "/live/{channel}/{name}": saying("media"),
        "/s/{token}/live/{channel}/{name}": saying("by token"), "/t/{site}": saying("link"),
        "/t/{site}/": saying("folder"),
    }, saying("preflight")), web.get("/", saying("home"))])
    return await aiohttp_client(TestServer(app))


@pytest.mark.parametrize(("path", "said"), [
    ("/live/a/index.m3u8", "list channel=a"), ("/live/a/1.m4s", "media channel=a name=1.m4s"),
    ("/s/x.y/live/a/b", "by token token=x.y channel=a name=b"), ("/t/x", "link site=x"),
    ("/t/x/", "folder site=x"), ("/live/a/1.m4s?_HLS_msn=5", "media channel=a name=1.m4s"), ("/", "home "),
])
async def test_an_address_finds_its_handler_and_its_parts(client: Client, path: str, said: str) -> None:
    assert await (await client.get(path)).text() == said


@pytest.mark.parametrize("path", [
    "/live", "/live/", "/live/a", "/live/a/", "/live//index.m3u8", "/live/a/b/c", "/s//live/a/b", "/s/x/dead/a/b",
    "/t/", "/LIVE/a/b", "/live/%61/index.m3u8", "/live/a/index%2em3u8", "/%6cive/a/b", "/live/a%2fb/c",
    "//live/a/b", "/t/x//", "/live/a/b%00",
])
async def test_any_other_is_nowhere(client: Client, path: str) -> None:
    """T-12, T-21: a part is never empty, and nothing has a second spelling."""
    url = URL(str(client.make_url("")).rstrip("/") + path, encoded=True)
    async with client.session.get(url) as answer:
        assert answer.status == 404


async def test_methods_are_what_they_were(client: Client) -> None:
    """T-20."""
    assert (await client.head("/live/a/b")).status == 200
    assert await (await client.options("/live/a/b")).text() == "preflight channel=a name=b"
    refused = await client.post("/live/a/b")
    assert refused.status == 405
    assert set(refused.headers["Allow"].split(",")) == {"GET", "HEAD", "OPTIONS"}


def test_the_first_of_several_that_fit_counts() -> None:
    paths = Paths("live", {"/live/{channel}/index.m3u8": saying("a"), "/live/{a}/{b}": saying("b")}, saying("c"))
    assert paths.patterns == ("/live/{channel}/index.m3u8", "/live/{a}/{b}")
    assert len(paths) == len(list(paths)) == 6
    assert paths.canonical.startswith("/live/")
    assert paths.raw_match(paths.canonical)
    assert paths.get_info() == {"formatter": paths.canonical}
    with pytest.raises(NotImplementedError):
        paths.url_for()
    with pytest.raises(NotImplementedError):
        paths.add_prefix("/x")
