"""The first account of a desk that others reach."""

from pathlib import Path

import pytest

from desk.people.first import FILE, First
from flow.errors import ToolError
from tests.desk.people.desk import PASSWORD, Desk


async def test_it_gets_a_password_for_one_use_in_a_file_of_the_owner_s(tmp_path: Path) -> None:
    """T-27: never a default; the file goes once the password was used."""
    desk, file = Desk(tmp_path), tmp_path / FILE
    first = First(desk.people, tmp_path, lambda: 1)
    await first.look(desk.book)
    name, once = file.read_text().split()
    assert (name, file.stat().st_mode & 0o777) == ("admin", 0o600)
    await first.look(desk.book)
    token, account = await desk.people.sign_in(name, once, address="10.0.0.1")
    assert (account.once, file.exists()) == (True, True)
    session = (await desk.people.signed_in(token) or ())[1]
    await desk.people.choose(account, session, once, PASSWORD, address="10.0.0.1")
    await first.look(desk.book)
    assert not file.exists()
    begun, ended = desk.entries()
    assert (begun["what"], begun["on"], begun["who"]) == ("the first account", {"account": "admin"}, "xacast")
    assert (ended["of"], ended["status"]) == (begun["number"], 201)
    desk.close()


async def test_where_there_are_accounts_none_is_made(desk: Desk, tmp_path: Path) -> None:
    await First(desk.people, tmp_path, lambda: 1).look(desk.book)
    assert "admin" not in desk.people.memory.accounts
    assert not (tmp_path / FILE).exists()


async def test_without_the_database_it_is_told_once(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(desk.people, "_database", type(desk.door)("postgresql://u@127.0.0.1:1/x"))
    first = First(desk.people, tmp_path, lambda: 1)
    for _ in range(3):
        await first.look(desk.book)
    assert caplog.text.count("cannot be made") == 1


async def test_an_account_whose_password_cannot_be_kept_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-27: nor one that is not in the audit; with room on the disk both are made up for."""
    desk = Desk(tmp_path)
    first = First(desk.people, tmp_path, lambda: 1)

    def full(*_words: object) -> int:
        raise ToolError("the audit", "no space left")

    with monkeypatch.context() as broken:
        broken.setattr(First, "_write", lambda *_words: (_ for _ in ()).throw(OSError("no space left")))
        await first.look(desk.book)
    with monkeypatch.context() as broken:
        broken.setattr(desk.book, "append", full)
        await first.look(desk.book)
    assert desk.people.memory.accounts == {}
    await first.look(desk.book)
    assert "admin" in desk.people.memory.accounts
    desk.close()
