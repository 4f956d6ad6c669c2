"""Signing in from the command line, at a real desk on a thread of its own."""

import asyncio
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.cli import run
from desk.people.session_file import SessionFile
from tests.desk.people.desk import PASSWORD, Desk
from tests.desk.test_api_client import serve

OTHER = "bà ngoại kể chuyện"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk(tmp_path)

    async def fill() -> None:
        await made.add()
        made.people._changing = asyncio.Lock()

    asyncio.run(fill())
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XACAST_DATA", str(tmp_path / "elsewhere"))
    for place in serve(made.app()):
        monkeypatch.setenv("XACAST_DESK", place.url)
        yield made


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_commands_ask_as_who_signed_in_until_he_signs_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    """T-27."""
    assert run(["whoami"]) == 2
    assert "xacast login" in capsys.readouterr().err
    typed(monkeypatch, PASSWORD)
    assert run(["login", "ha"]) == 0
    assert "ha: director of 01 at http://127.0.0.1" in capsys.readouterr().out
    assert run(["whoami", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "ha"
    assert run(["logout", "--everywhere"]) == 0
    assert run(["whoami"]) == run(["logout"]) == 2
    assert "not signed in" in capsys.readouterr().err
    assert all("mèo" not in str(entry) for entry in desk.entries())


def test_a_wrong_password_is_one_sentence_and_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path,
) -> None:
    typed(monkeypatch, "wrong")
    assert run(["login", "lan"]) == 2
    assert "name or password is wrong" in capsys.readouterr().err
    assert not SessionFile({"XDG_STATE_HOME": str(tmp_path / "state")}).path.exists()


def test_with_a_password_for_one_use_another_is_chosen_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    """T-27."""
    typed(monkeypatch, PASSWORD)
    assert run(["login", "lan"]) == 0
    assert run(["operator", "password", "mai"]) == 0
    once = capsys.readouterr().out.split()[-1]
    typed(monkeypatch, once, "short", OTHER)
    assert run(["login", "mai"]) == 0
    told = capsys.readouterr()
    assert "mai: operator" in told.out
    assert "12 to 128 letters" in told.err
    typed(monkeypatch, OTHER, PASSWORD)
    assert run(["password"]) == 0
    assert "mai has another password" in capsys.readouterr().out


def test_a_session_that_is_over_can_be_signed_out_of(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    typed(monkeypatch, PASSWORD)
    assert run(["login", "lan"]) == 0
    desk.clock.advance(3_600)
    assert run(["logout"]) == 0
    assert "over already" in capsys.readouterr().out


def test_a_certificate_that_is_none_is_refused_before_anything_is_asked(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "ca.pem").write_text("ô")
    assert run(["login", "lan", "--ca", str(tmp_path / "ca.pem")]) == 2
    assert "PEM" in capsys.readouterr().err
