"""Every scenario of the catalogue, played against running channels, judged by a viewer that reads every segment.

All scenarios that are asked for begin at once, on several channels of one machine; each test waits for its own.
Those that need a quiet machine are played when the others are over.
"""

import re
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from bench.machine import Machine
from desk.ffmpeg import find_ffmpeg
from tests.faults.catalogue import ALL, LONG, OFTEN, QUICK, QUIET, Scenario
from tests.faults.clips import Clips
from tests.faults.lanes import Lanes, Outcome

SEED = 1
LIMIT = 900
"""Seconds that a test may wait for its turn."""


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[tuple[str, int], "Future[Outcome]"]]:
    """The outcomes to come of the scenarios that this run of tests asks for, by name and repetition."""
    asked = [
        (scenario, int(str(item.callspec.params["turn"]))) for item in request.session.items
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        and isinstance(scenario := item.callspec.params.get("scenario"), Scenario)
    ]
    clips = Clips(find_ffmpeg("").path, tmp_path_factory.mktemp("clips"))
    with Machine(log="error") as machine:
        lanes = Lanes(machine, clips, SEED)
        places = [(scenario.name, turn) for scenario, turn in asked]
        yield dict(zip(places, lanes.play(asked), strict=True))
        lanes.stop()


@pytest.mark.line
@pytest.mark.timeout(LIMIT)
@pytest.mark.parametrize(
    ("scenario", "turn"), QUICK, ids=[f"{scenario.rows}-{scenario.name}-{turn}" for scenario, turn in QUICK],
)
def test_a_viewer_sees_nothing_of_it(
    scenario: Scenario, turn: int, outcomes: dict[tuple[str, int], "Future[Outcome]"],
) -> None:
    """F-01, F-02, F-03, F-04, F-05, F-11, F-12, F-13, F-14, F-15, F-16, F-18.

    Which scenario plays which row: see the catalogue.
    """
    outcome = outcomes[scenario.name, turn].result(LIMIT)
    assert not outcome.faults, "\n".join(("", *outcome.faults, *outcome.story))


def test_every_scenario_has_a_name_of_its_own_and_says_its_row() -> None:
    names = [scenario.name for scenario in (*ALL, *LONG)]
    assert len(set(names)) == len(names)
    assert set(names) >= QUIET | OFTEN
    assert all(scenario.rows.startswith("F-") for scenario in ALL)


def test_the_rows_named_above_are_those_that_are_played() -> None:
    named = re.findall(r"F-\d\d", test_a_viewer_sees_nothing_of_it.__doc__ or "")
    assert named == sorted({scenario.rows for scenario, _ in QUICK})
