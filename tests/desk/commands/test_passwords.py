"""Passwords come by the terminal or the standard input."""

import io
import sys

import pytest

from desk.commands.passwords import asked, told_once
from flow.errors import OperatorError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_each_line_of_the_standard_input_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(" con mèo \r\nother\n"))
    assert [asked("Password"), asked("Password", twice=True)] == [" con mèo ", "other"]
    with pytest.raises(OperatorError, match="standard input"):
        asked("Password")


def test_in_a_terminal_it_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """T-27."""
    told: list[tuple[str, bool, bool]] = []

    def prompt(text: str, *, hide_input: bool, confirmation_prompt: bool, err: bool) -> str:
        told.append((text, hide_input, confirmation_prompt))
        return "x" if err else ""

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("click.prompt", prompt)
    assert asked("Password", twice=True) == "x"
    assert told == [("Password", True, True)]


def test_what_the_desk_made_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    told_once("lan", "abcde-fghjk")
    assert "abcde-fghjk" in capsys.readouterr().out
