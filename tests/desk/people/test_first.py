"""The first account of a desk that others reach."""

from pathlib import Path

import pytest

from desk.people.first import FILE, First
from tests.desk.people.desk import PASSWORD, Desk


async def test_it_gets_a_password_for_one_use_in_a_file_of_the_owner_s(tmp_path: Path) -> None:
    """T-27: never a default; the file goes once the password was used."""
    desk, file = Desk(tmp_path), tmp_path / FILE
    first = First(desk.people, tmp_path)
    await first.look()
    name, once = file.read_text().split()
    assert (name, file.stat().st_mode & 0o777) == ("admin", 0o600)
    await first.look()
    token, account = await desk.people.sign_in(name, once, address="10.0.0.1")
    assert (account.once, file.exists()) == (True, True)
    session = (await desk.people.signed_in(token) or ())[1]
    await desk.people.choose(account, session, once, PASSWORD, address="10.0.0.1")
    await first.look()
    assert not file.exists()
    desk.close()


async def test_where_there_are_accounts_none_is_made(desk: Desk, tmp_path: Path) -> None:
    await First(desk.people, tmp_path).look()
    assert "admin" not in desk.people.memory.accounts
    assert not (tmp_path / FILE).exists()


async def test_without_the_database_it_is_told_once(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(desk.people, "_database", type(desk.door)("postgresql://u@127.0.0.1:1/x"))
    first = First(desk.people, tmp_path)
    for _ in range(3):
        await first.look()
    assert caplog.text.count("cannot be made") == 1
