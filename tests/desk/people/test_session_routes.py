"""Signing in and out over HTTP."""

from aiohttp.test_utils import TestClient

from desk.people.credentials import COOKIE
from tests.desk.people.desk import KEY, PASSWORD, Desk, ask, bearer

URL = "/api/v1/session"
OURS = {"Sec-Fetch-Site": "same-origin"}


async def test_signing_in_gives_a_token_once_and_says_who_one_is(client: TestClient) -> None:
    status, said = await ask(client, "POST", URL, "", name="ha", password=PASSWORD)
    token = said.pop("token")
    assert (status, said["name"], said["role"], said["region"]) == (201, "ha", "director", "01")
    assert await ask(client, "GET", URL, token) == (200, said)
    assert (await ask(client, "GET", URL, KEY))[1]["local"] is True


async def test_whether_a_cookie_is_wanted_is_true_or_false(client: TestClient) -> None:
    for word in ("yes", 1, None):
        async with client.post(URL, json={"name": "lan", "password": PASSWORD, "cookie": word}) as answer:
            assert answer.status == 400


async def test_a_browser_gets_a_cookie_and_no_token_that_its_pages_could_read(client: TestClient) -> None:
    """T-27."""
    async with client.post(URL, json={"name": "lan", "password": PASSWORD, "cookie": True}) as answer:
        assert "token" not in await answer.json()
        cookie = answer.cookies[COOKIE].value
        assert answer.headers["Cache-Control"] == "no-store"
    headers = {"Cookie": f"{COOKIE}={cookie}"}
    assert (await ask(client, "GET", URL, "", headers))[0] == 200
    assert (await ask(client, "DELETE", URL, "", headers))[0] == 401
    async with client.delete(URL, headers=headers | OURS) as answer:
        assert (answer.status, answer.cookies[COOKIE]["max-age"]) == (200, "0")
    assert (await ask(client, "GET", URL, "", headers))[0] == 401


async def test_signing_in_ends_the_session_it_was_asked_with(desk: Desk, client: TestClient) -> None:
    """T-27: session fixation."""
    planted = await desk.token("mai")
    async with client.post(URL, json={"name": "lan", "password": PASSWORD}, headers=bearer(planted)) as answer:
        assert (await answer.json())["token"] != planted
    assert (await ask(client, "GET", URL, planted))[0] == 401


async def test_signing_out_everywhere(desk: Desk, client: TestClient) -> None:
    """T-27."""
    tokens = [await desk.token() for _ in range(2)]
    assert await ask(client, "DELETE", f"{URL}?everywhere=1", tokens[0]) == (200, {"ended": 2})
    assert [(await ask(client, "GET", URL, one))[0] for one in tokens] == [401, 401]
    assert (await ask(client, "DELETE", URL, KEY))[0] == 409


async def test_what_is_no_sign_in_is_refused(client: TestClient) -> None:
    assert (await ask(client, "POST", URL, "", name="lan"))[0] == 400
    assert (await ask(client, "POST", URL, "", name=1, password="x"))[0] == 400
    async with client.post(URL, data=b"{}", headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 415


async def test_the_audit_has_who_came_and_few_of_the_tries_that_failed(desk: Desk, client: TestClient) -> None:
    """T-27, T-37: never a password."""
    for _ in range(7):
        await ask(client, "POST", URL, "", name="lan", password="con mèo đỏ")
    desk.clock.advance(61)
    await ask(client, "POST", URL, "", name="lan", password=PASSWORD)
    told = [(entry["who"], entry["signed"], entry["status"]) for entry in desk.entries()]
    assert told == [("lan", "", 401), ("lan", "", 429), ("lan", "lan", 201)]
    assert "mèo" not in str(desk.entries())


async def test_another_password_is_chosen_and_hidden(desk: Desk, client: TestClient) -> None:
    token, new = await desk.token(), "bà ngoại kể chuyện"
    assert (await ask(client, "POST", f"{URL}/password", token, old="x", new=new))[0] == 403
    assert (await ask(client, "POST", f"{URL}/password", token, old=PASSWORD, new=new))[0] == 200
    assert (await ask(client, "POST", URL, "", name="lan", password=new))[0] == 201
    assert "ngoại" not in str(desk.entries())
    assert next(one["who"] for one in desk.entries() if "who" in one) == "lan"
