"""Accounts over HTTP."""

import pytest
from aiohttp.test_utils import TestClient

from desk.people.role import Role
from tests.desk.people.desk import KEY, PASSWORD, Desk, ask

URL = "/api/v1/accounts"


async def test_a_new_account_gets_a_password_that_is_told_once(desk: Desk, client: TestClient) -> None:
    status, said = await ask(client, "POST", URL, name="binh", role="operator", region="Hà Nội", why="mới")
    assert (status, said["role"], said["region"], said["once"]) == (201, "operator", "01", True)
    once = said["password"]
    assert "password" not in (await ask(client, "GET", f"{URL}/binh"))[1]
    assert (await ask(client, "POST", "/api/v1/session", "", name="binh", password=once))[1]["once"] is True
    assert once not in str(desk.entries())
    assert desk.entries()[1]["changed"] == "binh: operator of 01"


async def test_one_s_own_password_may_be_given(client: TestClient) -> None:
    status, said = await ask(client, "POST", URL, name="binh", password=PASSWORD)
    assert (status, said["once"], "password" in said, said["role"]) == (201, False, False, "viewer")
    assert (await ask(client, "POST", URL, name="binh", password=PASSWORD))[0] == 409


@pytest.mark.parametrize("words", [
    {}, {"name": "B"}, {"name": "binh", "role": "root"}, {"name": "binh", "region": "nowhere"},
    {"name": "binh", "password": "short"}, {"name": "binh", "enabled": True}, {"name": "binh", "rol": "viewer"},
])
async def test_what_is_no_account_is_refused(client: TestClient, words: dict[str, object]) -> None:
    assert (await ask(client, "POST", URL, **words))[0] == 400


async def test_an_account_is_changed_disabled_and_enabled(desk: Desk, client: TestClient) -> None:
    token = await desk.token("mai")
    assert (await ask(client, "PATCH", f"{URL}/mai", role="viewer", region="19"))[1]["region"] == "19"
    assert (await ask(client, "GET", "/api/v1/session", token))[1]["role"] == "viewer"
    assert (await ask(client, "PATCH", f"{URL}/mai", enabled=False))[1]["sessions"] == 0
    assert (await ask(client, "GET", "/api/v1/session", token))[0] == 401
    assert (await ask(client, "PATCH", f"{URL}/mai", enabled=True))[1]["enabled"] is True
    assert (await ask(client, "PATCH", f"{URL}/mai", region=""))[1]["region"] == ""
    assert (await ask(client, "PATCH", f"{URL}/mai"))[0] == 400
    assert (await ask(client, "PATCH", f"{URL}/never", enabled=True))[0] == 404


async def test_an_administrator_of_a_province_keeps_its_accounts_alone(desk: Desk, client: TestClient) -> None:
    """T-28."""
    await desk.add(("tinh", Role.ADMINISTRATOR, "01"))
    token = await desk.token("tinh")
    assert [one["name"] for one in (await ask(client, "GET", URL, token))[1]["accounts"]] == ["ha", "tinh"]
    assert (await ask(client, "POST", URL, token, name="xa", region="00004"))[0] == 201
    assert (await ask(client, "POST", URL, token, name="tinhhai"))[1]["region"] == "01"
    assert (await ask(client, "POST", URL, token, name="thai", region="19"))[0] == 404
    assert (await ask(client, "PATCH", f"{URL}/ha", token, region="19"))[0] == 404
    assert (await ask(client, "PATCH", f"{URL}/ha", token, region=""))[0] == 404
    for method, path in (("GET", f"{URL}/lan"), ("PATCH", f"{URL}/lan"), ("POST", f"{URL}/lan/password")):
        assert (await ask(client, method, path, token))[0] == 404


async def test_nobody_raises_or_unlocks_himself(desk: Desk, client: TestClient) -> None:
    token = await desk.token("lan")
    assert (await ask(client, "PATCH", f"{URL}/lan", token, role="viewer"))[0] == 403
    assert (await ask(client, "POST", f"{URL}/lan/unlock", token))[0] == 403


async def test_a_locked_account_is_shown_and_unlocked(desk: Desk, client: TestClient) -> None:
    """T-27: by somebody else, or on the machine."""
    for turn in range(10):
        desk.people.tries.tried(f"10.0.0.{turn}", "mai", known=True, now_s=desk.clock.monotonic_ns() // 10**9)
    assert (await ask(client, "GET", f"{URL}/mai"))[1]["locked_s"] == 3_600
    assert (await ask(client, "POST", f"{URL}/mai/unlock", KEY))[1]["locked_s"] == 0
    assert await desk.token("mai")


async def test_a_password_is_made_anew(desk: Desk, client: TestClient) -> None:
    token = await desk.token("mai")
    status, said = await ask(client, "POST", f"{URL}/mai/password")
    assert (status, said["once"], said["sessions"]) == (200, True, 0)
    assert (await ask(client, "GET", "/api/v1/session", token))[0] == 401
    assert (await ask(client, "POST", "/api/v1/session", "", name="mai", password=said["password"]))[0] == 201
