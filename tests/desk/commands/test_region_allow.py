"""`xacast region allow`, with a stand-in for the headend."""

import pytest

from desk.api_client import ApiClient
from desk.cli import run
from tests.desk.commands.stand_in import StandIn, standing_in

OWN = {
    "region": "01", "networks": ["10.0.0.0/8"], "holding": ["10.0.0.0/8"], "watching": 3, "shut_out": 0,
    "shut_out_sites": [],
}
OUT = OWN | {"shut_out": 2, "shut_out_sites": ["s1", "s2"]}
SET = ["region", "allow", "01", "10.0.0.0/8"]


@pytest.fixture
def headend(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return standing_in(ApiClient, dict(OWN), monkeypatch)


@pytest.mark.parametrize(("words", "answer", "told"), [
    (["10.0.0.0/8"], OWN, "may watch from 10.0.0.0/8\n"),
    (["--show"], OWN | {"networks": []}, "of a region above it"),
    (["--clear"], OWN | {"networks": [], "holding": []}, "from anywhere"),
])
def test_a_region_s_list_is_shown_set_and_taken_away(
    headend: StandIn, capsys: pytest.CaptureFixture[str], words: list[str], answer: dict[str, object], told: str,
) -> None:
    headend.usual = answer
    assert run(["region", "allow", "01", *words]) == 0
    assert told in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["10.0.0.0/8", "--clear"], ["--show", "--clear"]])
def test_what_is_wanted_is_one_thing(headend: StandIn, words: list[str]) -> None:
    assert run(["region", "allow", "01", *words]) == 2
    assert headend.asked == []


def test_nobody_who_watches_is_shut_out_without_a_word(
    headend: StandIn, capsys: pytest.CaptureFixture[str],
) -> None:
    """In the middle of a meeting a wrong network would put every hall out at once."""
    headend.usual = OUT
    assert run(SET) == 2
    assert "2 of 3 sites that watch just now would be shut out: s1, s2" in capsys.readouterr().err
    assert [words["dry"] for _, _, words in headend.asked] == [True]
    assert run([*SET, "--yes"]) == 0
    assert "dry" not in headend.asked[-1][2]
    assert "are shut out: s1, s2" in capsys.readouterr().out


def test_a_dry_run_says_how_many_and_changes_nothing(
    headend: StandIn, capsys: pytest.CaptureFixture[str],
) -> None:
    assert run([*SET, "--dry-run"]) == 0
    assert "of 3 sites that watch just now none would be shut out" in capsys.readouterr().out
    headend.usual = OUT | {"shut_out": 30}
    assert run([*SET, "--dry-run"]) == 0
    assert "30 of 3 sites that watch just now would be shut out: s1, s2 and 28 more" in capsys.readouterr().out
    assert all(words["dry"] for _, _, words in headend.asked)
