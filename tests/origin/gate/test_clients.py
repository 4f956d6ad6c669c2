"""Who asks, behind proxies that are known and behind those that are not."""

from ipaddress import ip_network

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from origin.app import middlewares
from origin.gate.clients import address_of, client_of, named, within
from tests.origin.serving import ClientFactory

TRUSTED = (ip_network("127.0.0.1/32"), ip_network("10.9.0.0/24"))


@pytest.mark.parametrize(("remote", "headers", "client"), [
    ("203.0.113.5", [], None), ("203.0.113.5", ["10.0.0.1"], None),  # nobody believes a stranger
    ("10.9.0.7", ["203.0.113.5"], "203.0.113.5"), ("::ffff:10.9.0.7", ["203.0.113.5"], "203.0.113.5"),
    ("10.9.0.7", ["10.0.0.1, 203.0.113.5"], "203.0.113.5"),  # what the client itself has put in front
    ("127.0.0.1", ["203.0.113.5, 10.9.0.8", "10.9.0.7"], "203.0.113.5"),
    ("10.9.0.7", ["10.9.0.8"], "10.9.0.8"), ("10.9.0.7", [], "10.9.0.7"), ("10.9.0.7", ["unknown"], None),
    ("10.9.0.7", ["203.0.113.5, unknown"], None), ("10.9.0.7", ["2001:db8::5"], "2001:db8::5"),
    ("10.9.0.7", ["203.0.113.5:4711"], None), ("10.9.0.7", ["," * 500], None), (None, ["203.0.113.5"], None),
])
def test_the_first_from_the_right_that_is_no_proxy_of_ours_asks(
    remote: str | None, headers: list[str], client: str | None,
) -> None:
    assert named(remote, headers, TRUSTED) == client


def test_addresses_are_told_apart_by_what_they_are() -> None:
    networks = (ip_network("10.0.0.0/8"), ip_network("2001:db8::/32"))
    for text, inside in (("10.1.1.1", True), ("::ffff:10.1.1.1", True), ("11.0.0.1", False)):
        assert within(address_of(text), networks) is inside
    assert not within(address_of("x"), networks)


async def test_handlers_are_told_by_the_middleware(aiohttp_client: ClientFactory) -> None:
    async def asked(request: web.Request) -> web.Response:
        return web.Response(text=client_of(request) or "")

    for trusted, told in ((TRUSTED, "203.0.113.5"), ((), "127.0.0.1")):
        app = web.Application(middlewares=middlewares(trusted))
        app.add_routes([web.get("/", asked)])
        client = await aiohttp_client(TestServer(app))
        answer = await client.get("/", headers={"X-Forwarded-For": "203.0.113.5"})
        assert await answer.text() == told
