"""T-08: what the cage of this machine refuses is tried, counted and told, on any machine."""

import pytest

from desk.cage import Level, kernel_refuses
from desk.cage_trial import cage_trial
from desk.settings import OFF
from desk.system import SystemSpawn
from flow.cage import CageTrial
from tests.desk.caging import spawn_at


def test_in_bubblewrap_every_attempt_is_refused_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """T-08."""
    trial = cage_trial(spawn_at(Level.BUBBLEWRAP, monkeypatch))
    assert trial == CageTrial(level="bubblewrap", tried=5, refused=5)


def test_with_limits_alone_what_comes_through_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """T-08: where the kernel has Landlock and filters, nothing does."""
    trial = cage_trial(spawn_at(Level.LIMITS, monkeypatch))
    assert (trial.level, trial.tried) == ("limits", 5)
    assert trial.refused == trial.tried - len(trial.open)
    if kernel_refuses() == (True, True):
        assert trial.open == ()


def test_without_a_cage_nothing_is_tried() -> None:
    assert cage_trial(SystemSpawn(OFF)) == CageTrial(level="off")


def test_a_cage_in_which_nothing_starts_has_been_tried_by_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("desk.cage_trial._PROBE", "/no/such/program")
    assert cage_trial(spawn_at(Level.LIMITS, monkeypatch)) == CageTrial(level="limits")
    assert "could not be tried" in caplog.text
