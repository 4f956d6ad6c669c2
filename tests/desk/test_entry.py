"""Where the word `xacast` begins."""

import signal
from typing import Any

import pytest

import desk.cli
from desk.entry import main


def test_the_command_runs_with_the_handlers_that_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Any] = []
    monkeypatch.setattr(desk.cli, "main", lambda: found.append(signal.getsignal(signal.SIGINT)))
    before = signal.getsignal(signal.SIGINT)
    main()
    assert found == [before]
    assert before is not signal.SIG_DFL
