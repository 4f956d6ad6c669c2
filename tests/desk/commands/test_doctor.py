"""`xacast doctor`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import desk.commands.doctor
from desk.checkup import Check, Mark
from desk.cli import run
from desk.costs import Costs
from flow.encoder_kind import HARDWARE


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    for name in ("VIEWERS", "OPERATORS", "MACHINES"):
        monkeypatch.setenv(f"XACAST_{name}", "127.0.0.1:0")
    monkeypatch.setattr(Costs, "of", lambda _self, _name: 0.1)
    monkeypatch.setattr(desk.commands.doctor, "check_page", check(Mark.OK))


def check(mark: Mark) -> Callable[[], Check]:
    return lambda: Check(name="page", mark=mark, said="as it is")


def test_a_fit_machine_is_status_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--ladder", "tiny"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines} <= {"ok", "warn", "none"}
    assert any("cores for tiny" in line for line in lines)
    encoders = [line for line in lines if line.split()[1] == "encoder"]
    assert [line.split()[2] for line in encoders] == list(HARDWARE)
    assert all("taken: " in line for line in encoders)


def test_something_to_mend_is_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(desk.commands.doctor, "check_page", check(Mark.FAIL))
    assert run(["doctor", "--json"]) == 2
    marks = {one["name"]: one["mark"] for one in json.loads(capsys.readouterr().out)}
    assert marks["page"] == "fail"
    assert marks["setpriv"] == "ok"


def test_without_ffmpeg_no_trial_is_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XACAST_FFMPEG", "/no/such/ffmpeg")
    assert run(["doctor"]) == 2
    assert "cores" not in capsys.readouterr().out


def test_an_unknown_ladder_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--ladder", "tinny"]) == 2
    assert "tiny" in capsys.readouterr().err
