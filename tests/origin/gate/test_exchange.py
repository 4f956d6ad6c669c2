"""A site's link becomes a cookie, and leaves the address bar."""

from http.cookies import SimpleCookie

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from flow.guests import Busy
from origin.app import middlewares
from origin.gate.invitations import COOKIE, Invitations
from origin.gate.table import links
from tests.origin.gate.hall import TOKEN, OneHall, gate_for
from tests.origin.serving import Client, ClientFactory


class OneCode:
    """Satisfies `flow.guests.Codes`; good once."""

    used = False

    async def redeem(self, text: str, address: str | None) -> str | None:
        assert address == "127.0.0.1"
        if text == "BUSY":
            raise Busy
        if text != "ABCD2345" or self.used:
            return None
        self.used = True
        return TOKEN


@pytest.fixture
async def client(aiohttp_client: ClientFactory) -> Client:
    app = web.Application(middlewares=middlewares())
    hall = OneHall()
    invitations = Invitations(hall, lambda *_: "", gate_for(hall))
    app.add_routes([web.get(path, handler) for path, handler in links(invitations, OneCode()).items()])
    return await aiohttp_client(TestServer(app))


@pytest.mark.parametrize(("path", "to"), [
    (f"/t/{TOKEN}", "/"), (f"/t/{TOKEN}/", "/"), (f"/t/{TOKEN}/watch/hop", "/watch/hop"),
    (f"/t/{TOKEN}/watch/hop?lang=en", "/watch/hop?lang=en"), (f"/t/{TOKEN}/?lang=//evil", "/"),
])
async def test_a_link_gives_a_cookie_and_leads_on(client: Client, path: str, to: str) -> None:
    """T-15: no script reads it, no other site's page sends it, no cache keeps it, no Referer has it."""
    answer = await client.get(path, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, to)
    cookie = SimpleCookie(answer.headers.getall("Set-Cookie")[0])[COOKIE]
    assert cookie.value == TOKEN
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "Strict", "/", "")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert TOKEN not in await answer.text()


async def test_by_tls_the_cookie_goes_by_tls_alone(client: Client) -> None:
    answer = await client.get(f"/t/{TOKEN}/", headers={"X-Forwarded-Proto": "https"}, allow_redirects=False)
    assert SimpleCookie(answer.headers["Set-Cookie"])[COOKIE]["secure"] is True


async def test_from_another_site_s_page_a_page_of_ours_leads_on(client: Client) -> None:
    """A browser sends no strict cookie along such a redirect, so there is none."""
    answer = await client.get(f"/t/{TOKEN}/watch/hop", headers={"Sec-Fetch-Site": "cross-site"})
    text = await answer.text()
    assert answer.status == 200
    assert 'http-equiv="refresh" content="0; url=/watch/hop"' in text
    assert TOKEN not in text
    assert "Set-Cookie" in answer.headers
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", [
    "/t/", "/t/x/", f"/t/{'x' * 43}/", f"/t/{TOKEN}x/", f"/t/{TOKEN}/watch/..%2f", f"/t/{TOKEN}/watch/HOP",
    f"/t/{'x' * 43}/watch/hop",
])
async def test_whatever_else_is_nowhere(client: Client, path: str) -> None:
    """T-12, T-14."""
    answer = await client.get(path, allow_redirects=False)
    assert answer.status == 404
    assert "Set-Cookie" not in answer.headers
    assert await answer.read() == b""


async def test_a_code_gives_a_cookie_once(client: Client) -> None:
    """T-15: who only looks what is there, or fetches ahead, does not use it up."""
    path = "/c/ABCD2345"
    assert (await client.head(path, allow_redirects=False)).status == 404
    ahead = await client.get(path, headers={"Sec-Purpose": "prefetch"}, allow_redirects=False)
    assert ahead.status == 404
    for code, to, cookies in (("BUSY", "/?code=later", 0), ("ABCD2345", "/", 2), ("ABCD2345", "/?code=wrong", 0)):
        answer = await client.get(f"/c/{code}", allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, to)
        assert len(answer.headers.getall("Set-Cookie", [])) == cookies
        assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
