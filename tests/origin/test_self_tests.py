"""Where a page tells how its site's test went."""

import pytest
from aiohttp.test_utils import TestServer
from aiohttp.web import Application

from flow.ids import ChannelId
from flow.self_test import SelfTest
from origin.app import middlewares
from origin.gate.invitations import COOKIE, Invitations
from origin.paths import PathsDef
from origin.self_tests import BURST, SelfTests
from tests.origin.gate.hall import TOKEN, OneHall, gate_for
from tests.origin.serving import Client, ClientFactory

WORDS = {"picture": "1", "sound": "0", "rate": "2400", "need": "700"}
KNOWN = {"Cookie": f"{COOKIE}={TOKEN}"}


class Listener:
    """Takes tests of one channel."""

    def __init__(self) -> None:
        self.told: list[tuple[str, ChannelId, SelfTest]] = []

    def take(self, site: str, channel: ChannelId, test: SelfTest) -> bool:
        self.told.append((site, channel, test))
        return channel == "hop"


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
async def client(aiohttp_client: ClientFactory, listener: Listener) -> Client:
    app, hall = Application(middlewares=middlewares()), OneHall()
    made = SelfTests(Invitations(hall, lambda *_: "", gate_for(hall)), listener.take)
    app.add_routes([PathsDef(made.table(), made.told)])
    return await aiohttp_client(TestServer(app))


async def test_a_test_is_told_with_the_site_that_made_it(client: Client, listener: Listener) -> None:
    answer = await client.get("/test/hop", params=WORDS, headers=KNOWN)
    assert (answer.status, await answer.read()) == (204, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    ((site, channel, test),) = listener.told
    assert (site, channel) == ("xa-00123", "hop")
    assert test == SelfTest(picture=True, sound=False, rate_kbps=2_400, need_kbps=700)


@pytest.mark.parametrize("words", [
    {"picture": "yes"}, {"sound": ""}, {"rate": "-1"}, {"rate": "²"}, {"need": "1" * 9}, {"rate": "99999999"},
])
async def test_what_is_no_test_is_not_told(client: Client, listener: Listener, words: dict[str, str]) -> None:
    assert (await client.get("/test/hop", params=WORDS | words, headers=KNOWN)).status == 400
    assert listener.told == []


async def test_nobody_tells_for_a_site_that_he_is_not(client: Client, listener: Listener) -> None:
    """T-14, T-26: and where there is nothing to try, there is no such address."""
    assert (await client.get("/test/hop", params=WORDS)).status == 404
    assert (await client.head("/test/hop", params=WORDS, headers=KNOWN)).status == 404
    assert (await client.get("/test/hop", params=WORDS, headers=KNOWN | {"Sec-Purpose": "prefetch"})).status == 404
    assert listener.told == []
    assert (await client.get("/test/kin", params=WORDS, headers=KNOWN)).status == 404


async def test_a_site_that_never_stops_is_not_heard(client: Client, listener: Listener) -> None:
    """T-18."""
    found = [(await client.get("/test/hop", params=WORDS, headers=KNOWN)).status for _ in range(BURST + 3)]
    assert 503 in found
    assert len(listener.told) == found.count(204) <= BURST + 1
