"""Who may do what."""

import pytest
from aiohttp.test_utils import TestClient

from desk.people.session import IDLE_S
from tests.desk.people.desk import KEY, PASSWORD, Desk, ask

HOP = "/api/v1/channels/hop"


async def test_who_is_not_signed_in_gets_nothing_but_the_pulse_and_the_numbers_of_this_machine(
    client: TestClient,
) -> None:
    """T-28: deny by default."""
    for token in ("", "guessed", "a" * 43):
        status, said = await ask(client, "GET", HOP, token)
        assert (status, "xacast login" in said["remedy"], "machine.key" in said["remedy"]) == (401, True, True)
        assert (await ask(client, "POST", f"{HOP}/marks", token))[0] == 401
        assert (await ask(client, "GET", "/healthz", token))[0] == 200
        assert (await ask(client, "GET", "/metrics", token))[0] == 200
    assert (await ask(client, "GET", "/no/such", ""))[0] == 404


async def test_who_holds_the_machine_s_key_may_do_everything(client: TestClient) -> None:
    assert await ask(client, "POST", f"{HOP}/marks", KEY) == (200, {"name": "local"})
    assert (await ask(client, "GET", "/api/v1/audit", KEY))[0] == 200


async def test_a_route_that_is_not_in_the_table_is_nobody_s(client: TestClient) -> None:
    """T-28."""
    assert (await ask(client, "GET", "/nobody-s", KEY))[0] == 403


async def test_a_role_does_what_is_its_and_no_more(desk: Desk, client: TestClient) -> None:
    """T-28."""
    token = await desk.token("mai")
    assert await ask(client, "POST", f"{HOP}/marks", token) == (200, {"name": "mai"})
    status, said = await ask(client, "DELETE", HOP, token)
    assert (status, "director" in said["problem"]) == (403, True)
    desk.clock.advance(IDLE_S)
    assert (await ask(client, "POST", f"{HOP}/marks", token))[0] == 401


async def test_what_is_elsewhere_does_not_exist(desk: Desk, client: TestClient) -> None:
    """T-28: the same answer as for what never was."""
    token = await desk.token("ha")
    assert (await ask(client, "GET", "/api/v1/channels/hanoi", token))[0] == 200
    for name in ("thai", "hop", "never"):
        status, said = await ask(client, "GET", f"/api/v1/channels/{name}", token)
        assert (status, said["problem"].replace(name, "X")) == (404, "there is no channel “X”")
    assert (await ask(client, "GET", "/api/v1/sites/s00004", token))[0] == 200
    for name in ("s19", "never"):
        assert (await ask(client, "GET", f"/api/v1/sites/{name}", token))[0] == 404
    assert (await ask(client, "GET", "/api/v1/audit", token))[0] == 403


async def test_what_the_body_names_is_looked_at_too(desk: Desk, client: TestClient) -> None:
    """T-28."""
    token = await desk.token("ha")
    for region, status in (("00004", 200), ("Ba Đình", 200), ("19", 404), ("vn", 404), ("nowhere", 404)):
        assert (await ask(client, "POST", "/api/v1/sites", token, region=region))[0] == status
    for name, status in (("thai", 409), ("hop", 409), ("hanoi", 200), ("new", 200)):
        assert (await ask(client, "POST", "/api/v1/channels", token, name=name))[0] == status


async def test_what_was_asked_is_in_the_audit_whoever_looked_at_it_before(desk: Desk, client: TestClient) -> None:
    """T-37: the guard reads the body of who has a part of the country."""
    await ask(client, "POST", "/api/v1/sites", await desk.token("ha"), region="00004", who="somebody else")
    assert [(one["who"], one["signed"], one["asked"]) for one in desk.entries()[:1]] == [
        ("ha", "ha", {"region": "00004"}),
    ]


async def test_metrics_of_elsewhere_are_the_country_s(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A numbers' reader beyond this machine signs in."""
    token = await desk.token("ha")
    monkeypatch.setattr("desk.people.guard.is_loopback", lambda _host: False)
    assert (await ask(client, "GET", "/metrics", ""))[0] == 401
    assert (await ask(client, "GET", "/metrics", token))[0] == 403
    assert (await ask(client, "GET", "/metrics", await desk.token("mai")))[0] == 200


async def test_with_a_password_for_one_use_another_is_chosen_and_nothing_else_done(
    desk: Desk, client: TestClient,
) -> None:
    """T-27: no default password lasts."""
    once = await desk.people.renew(desk.people.account("mai"))
    token = (await desk.people.sign_in("mai", once, address="10.0.0.1"))[0]
    assert (await ask(client, "GET", HOP, token))[0] == 403
    assert (await ask(client, "GET", "/api/v1/session", token))[1]["once"] is True
    assert (await ask(client, "POST", "/api/v1/session/password", token, old=once, new=PASSWORD))[0] == 200
    assert (await ask(client, "GET", HOP, token))[0] == 200
