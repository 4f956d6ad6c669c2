"""Signing in and out, on a real database."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.errors import RefusedError
from desk.people.role import Role
from desk.people.session import IDLE_S, LONGEST_S
from flow.errors import OperatorError
from tests.desk.people.desk import PASSWORD, Desk

WRONG = "con mèo đỏ ăn cá"


async def refused(desk: Desk, name: str, password: str = WRONG, address: str = "10.0.0.1") -> tuple[int, str]:
    with pytest.raises(RefusedError) as caught:
        await desk.people.sign_in(name, password, address=address)
    return caught.value.status, str(caught.value)


async def test_who_knows_the_password_is_signed_in_until_the_times_are_over(desk: Desk) -> None:
    """T-27."""
    token = await desk.token()
    for _ in range(LONGEST_S // (IDLE_S - 60)):
        found = await desk.people.signed_in(token)
        assert found is not None
        assert found[0].name == "lan"
        desk.clock.advance(IDLE_S - 60)
    desk.clock.advance(IDLE_S)
    assert await desk.people.signed_in(token) is None
    other = await desk.token()
    desk.clock.advance(IDLE_S)
    assert await desk.people.signed_in(other) is None


async def test_a_name_that_nobody_has_gets_the_same_answer_for_the_same_work(desk: Desk) -> None:
    """T-27: as many hashes and looks into the database as for an account, and for one that is disabled."""
    await desk.people.change(replace(desk.people.account("mai"), enabled=False))
    answers, counts = [], []
    for at, name in enumerate(("lan", "nobody", "mai")):
        before = desk.people.hashing.count
        answers.append([await refused(desk, name, address=f"10.0.{at}.{turn}") for turn in range(12)])
        counts.append(desk.people.hashing.count - before)
    assert answers[0] == answers[1] == answers[2]
    assert [status for status, _ in answers[0]] == [401] * 10 + [429] * 2
    assert counts == [10, 10, 10]


async def test_a_locked_account_is_locked_for_its_owner_too_until_somebody_unlocks_it(desk: Desk) -> None:
    """T-27."""
    for turn in range(10):
        await refused(desk, "lan", address=f"10.0.0.{turn}")
    assert (await refused(desk, "lan", PASSWORD, "10.0.1.1"))[0] == 429
    desk.people.tries.unlock("lan")
    assert await desk.token()


async def test_a_session_that_somebody_brings_along_ends_when_he_signs_in(desk: Desk) -> None:
    """T-27: session fixation: what an attacker knows is never what the victim is signed in by."""
    planted = await desk.token("mai")
    token, _ = await desk.people.sign_in("lan", PASSWORD, address="10.0.0.1", ends=planted)
    assert token != planted
    assert await desk.people.signed_in(planted) is None
    made_up = "a" * 43
    token, _ = await desk.people.sign_in("lan", PASSWORD, address="10.0.0.1", ends=made_up)
    assert await desk.people.signed_in(made_up) is None


async def test_signing_out_ends_one_session_or_all_of_the_account(desk: Desk) -> None:
    """T-27."""
    tokens = [await desk.token() for _ in range(3)]
    other = await desk.token("mai")
    session = (await desk.people.signed_in(tokens[0]) or ())[1]
    assert await desk.people.sign_out(session) == 1
    assert [await desk.people.signed_in(one) is None for one in tokens] == [True, False, False]
    session = (await desk.people.signed_in(tokens[1]) or ())[1]
    assert await desk.people.sign_out(session, everywhere=True) == 2
    assert [await desk.people.signed_in(one) for one in tokens] == [None] * 3
    assert await desk.people.signed_in(other)


async def test_a_new_password_ends_all_other_sessions(desk: Desk) -> None:
    """T-27."""
    mine, other = await desk.token(), await desk.token()
    account, session = await desk.people.signed_in(mine) or ()
    for old, new, kind in ((WRONG, WRONG, RefusedError), (PASSWORD, "short", OperatorError),
                           (PASSWORD, PASSWORD, OperatorError)):
        with pytest.raises(kind):
            await desk.people.choose(account, session, old, new, address="10.0.0.1")
    await desk.people.choose(account, session, PASSWORD, WRONG, address="10.0.0.1")
    assert await desk.people.signed_in(mine)
    assert await desk.people.signed_in(other) is None
    assert (await refused(desk, "lan", PASSWORD))[0] == 401
    assert await desk.people.sign_in("lan", WRONG, address="10.0.0.1")


async def test_a_disabled_account_is_out_at_once(desk: Desk) -> None:
    token = await desk.token("mai")
    await desk.people.change(replace(desk.people.account("mai"), enabled=False))
    assert await desk.people.signed_in(token) is None
    await desk.people.change(replace(desk.people.account("mai"), enabled=True))
    assert await desk.people.signed_in(token) is None


async def test_a_password_of_the_desk_s_is_told_once_and_marked(desk: Desk) -> None:
    given = await desk.people.renew(desk.people.account("mai"))
    assert desk.people.account("mai").once
    assert given not in str(desk.people.memory.accounts)
    _, account = await desk.people.sign_in("mai", given, address="10.0.0.1")
    assert account.once


async def test_another_headend_of_the_same_database_knows_the_session(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other", desk.address, filled=True)
    token = await desk.token()
    assert await other.people.signed_in(token)
    session = (await desk.people.signed_in(token) or ())[1]
    await desk.people.sign_out(session)
    await other.people.look()
    assert await other.people.signed_in(token) is None
    other.close()


async def test_without_the_database_who_is_signed_in_goes_on_and_nobody_signs_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-30: the picture never waits for the database."""
    token, bye = await desk.token(), await desk.token("mai")
    monkeypatch.setattr(desk.people, "_database", type(desk.door)("postgresql://u@127.0.0.1:1/x"))
    await desk.people.look()
    desk.clock.advance(60)
    assert await desk.people.signed_in(token)
    status, said = await refused(desk, "lan", PASSWORD)
    assert (status, "does not answer" in said) == (503, True)
    assert (await refused(desk, "nobody", PASSWORD))[0] == 503
    session = (await desk.people.signed_in(bye) or ())[1]
    assert await desk.people.sign_out(session) == 1
    assert await desk.people.signed_in(bye) is None
    desk.clock.advance(IDLE_S)
    assert await desk.people.signed_in(token) is None


async def test_what_is_too_long_to_be_a_password_costs_nothing(desk: Desk) -> None:
    before = desk.people.hashing.count
    for name in ("lan", "nobody"):
        assert (await refused(desk, name, "x" * 5_000))[0] == 401
    assert desk.people.hashing.count == before


async def test_who_was_shut_out_at_another_headend_does_not_bring_himself_back(desk: Desk, tmp_path: Path) -> None:
    """T-27: his session and his password are good here for some seconds more."""
    other = Desk(tmp_path, desk.address, filled=True)
    account, session = await other.people.signed_in(await desk.token("mai")) or pytest.fail("not signed in")
    await desk.people.change(replace(desk.people.account("mai"), enabled=False, role=Role.VIEWER))
    with pytest.raises(RefusedError, match="somebody else"):
        await other.people.choose(account, session, PASSWORD, "con trâu đen gặm cỏ", address="10.0.0.9")
    for people in (desk.people, other.people):
        await people.look()
        assert (people.account("mai").enabled, people.account("mai").role) == (False, Role.VIEWER)
    other.close()


async def test_a_password_that_is_renewed_while_it_is_verified_opens_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-27."""
    fits = desk.people.hashing.fits

    async def slow(digest: str, password: str) -> bool:
        found = await fits(digest, password)
        await desk.people.renew(desk.people.account("mai"))
        return found

    monkeypatch.setattr(desk.people.hashing, "fits", slow)
    assert (await refused(desk, "mai", PASSWORD))[0] == 401
    assert desk.people.memory.of("mai") == ()
