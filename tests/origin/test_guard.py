"""The middleware: statuses without a word about the inside."""

import asyncio
import logging

import pytest
from aiohttp import web

from flow.errors import ViewerError
from origin.guard import guard, unsigned
from tests.origin.serving import Client, ClientFactory


async def _broken(_request: web.Request) -> web.Response:
    message = "/secret/path"
    raise RuntimeError(message)


async def _refusing(_request: web.Request) -> web.Response:
    raise ViewerError(503, "/secret/path")


async def _moved(_request: web.Request) -> web.Response:
    raise web.HTTPFound("/elsewhere")


async def _fine(_request: web.Request) -> web.Response:
    return web.Response(text="fine", headers={"Referrer-Policy": "same-origin"})


@pytest.fixture
async def client(aiohttp_client: ClientFactory) -> Client:
    app = web.Application(middlewares=[guard])
    app.router.add_get("/broken", _broken)
    app.router.add_get("/refusing", _refusing)
    app.router.add_get("/moved", _moved)
    app.router.add_get("/fine", _fine)
    app.router.add_post("/fine", _fine)
    return await aiohttp_client(app)  # type: ignore[arg-type]


async def test_a_failure_inside_is_logged_and_shows_nothing(
    client: Client, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-26."""
    answer = await client.get("/broken", headers={"Accept": "text/html"})
    assert answer.status == 500
    assert await answer.read() == b""
    assert "secret" not in str(answer.headers)
    assert [record.levelno for record in caplog.records if record.levelno > 20] == [logging.ERROR]


async def test_a_token_in_an_address_is_never_written_down(
    aiohttp_client: ClientFactory, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-15: not even when something goes wrong inside."""
    app = web.Application(middlewares=[guard])
    app.router.add_get("/{kind}/{token}/live/{name}", _broken)
    client: Client = await aiohttp_client(app)  # type: ignore[arg-type]
    for path in ("/s/canary/live/a", "/t/canary/live/a", "/%73/can%61ry/live/a"):
        assert (await client.get(path)).status == 500
    assert "canary" not in caplog.text
    assert "/s/…/live/a" in caplog.text


@pytest.mark.parametrize(("path", "status"), [("/refusing", 503), ("/unknown", 404), ("/Fine", 404)])
async def test_a_refusal_has_no_body(client: Client, path: str, status: int) -> None:
    """T-26."""
    answer = await client.get(path)
    assert answer.status == status
    assert await answer.read() == b""
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


async def test_a_wrong_method_says_which_are_right(client: Client) -> None:
    answer = await client.delete("/fine")
    assert answer.status == 405
    assert set(answer.headers["Allow"].split(",")) == {"GET", "HEAD", "POST"}
    assert await answer.read() == b""


async def test_redirections_pass(client: Client) -> None:
    answer = await client.get("/moved", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (302, "/elsewhere")


async def test_a_handlers_own_headers_stay_and_the_product_names_no_version(client: Client) -> None:
    """T-26."""
    answer = await client.get("/fine")
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Server"] == "xacast"


async def test_with_its_signal_the_server_header_is_left_out(aiohttp_client: ClientFactory) -> None:
    """T-26."""
    app = web.Application(middlewares=[guard])
    app.router.add_get("/fine", _fine)
    app.on_response_prepare.append(unsigned)
    client = await aiohttp_client(app)  # type: ignore[arg-type]
    for path in ("/fine", "/unknown"):
        assert "Server" not in (await client.get(path)).headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("framing", ["Content-Length: 31", "Transfer-Encoding: chunked"])
async def test_a_body_where_none_belongs_is_refused_and_the_connection_closed(
    client: Client, method: str, framing: str,
) -> None:
    """T-20: the body is not taken for a second request."""
    hidden = "GET /fine HTTP/1.1\r\nHost: x\r\n\r\n"
    body = hidden if "Length" in framing else f"{len(hidden):x}\r\n{hidden}\r\n0\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(f"{method} /fine HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n{body}".encode())
    answers = await reader.read()
    writer.close()
    assert answers.startswith(b"HTTP/1.1 400 ")
    assert answers.count(b"HTTP/1.1 ") == 1


async def test_a_body_is_passed_to_who_may_have_one(client: Client) -> None:
    assert (await client.post("/fine", data=b"x")).status == 200


@pytest.mark.parametrize(("path", "kept"), [
    ("/live/hop/x", "max-age=1"), ("/s/abc/x", "no-store"), ("/t/abc", "no-store"), ("/t/abc/", "no-store"),
])
async def test_no_cache_keeps_an_answer_to_an_address_with_a_secret_in_it(
    aiohttp_client: ClientFactory, path: str, kept: str,
) -> None:
    """T-14: nor does it tell a wrong secret from a right one by that."""
    client = await aiohttp_client(web.Application(middlewares=[guard]))
    assert (await client.get(path)).headers["Cache-Control"] == kept
