"""`xacast stop`."""

from pathlib import Path

import pytest

from desk.api_client import ApiClient
from desk.cli import run


def test_a_channel_is_taken_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    removed: list[tuple[str, str]] = []
    monkeypatch.setattr(ApiClient, "remove", lambda _self, name, said: removed.append((name, said["why"])))
    assert run(["stop", "hop", "--why", "hết giờ"]) == 0
    assert removed == [("hop", "hết giờ")]
    assert capsys.readouterr().out == "channel hop is off\n"


def test_a_name_that_cannot_be_one_reaches_no_headend(capsys: pytest.CaptureFixture[str]) -> None:
    """T-12."""
    assert run(["stop", "../x"]) == 2
    assert "cannot be a channel's name" in capsys.readouterr().err
