import json
from pathlib import Path

import pytest

from desk.cli import run


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_plan_needs_nothing_that_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "--encode", "1.4"]) == 0
    assert "3,321 places in 34 provinces" in capsys.readouterr().out


def test_options_win_over_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "country.toml").write_text('sites = 500\nline = ["1M=50", "4M"]\nladder = "thin"\nencode = 0.4\n')
    assert run(["plan", "country.toml", "--sites", "600", "--json"]) == 0
    asked = json.loads(capsys.readouterr().out)["asked"]
    assert (asked["sites"], asked["ladder"], len(asked["lines"])) == (600, "thin", 2)


def test_what_does_not_fit_is_the_exit_status_and_is_drawn(tmp_path: Path) -> None:
    assert run(["plan", "--encode", "1.4", "--line", "100k", "--svg", "plan.svg"]) == 2
    assert "3321 places have 100 kb/s" in (tmp_path / "plan.svg").read_text("utf-8")


@pytest.mark.parametrize(("words", "said"), [
    (["gone.toml"], "gone.toml cannot be read"), (["bad.toml"], "bad.toml cannot be read"),
    (["odd.toml"], "a plan has no “sties”. Did you mean “sites”?"),
])
def test_a_file_that_is_wrong_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str,
) -> None:
    (tmp_path / "bad.toml").write_text("sites = ")
    (tmp_path / "odd.toml").write_text("sties = 5\nencode = 1.0\n")
    assert run(["plan", *words, "--encode", "1.4"]) == 2
    assert said in capsys.readouterr().err
