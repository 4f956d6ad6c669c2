"""Whether a ladder fits."""

import pytest

from desk.fit import DEMO_LADDERS, biggest, check_room
from flow.errors import OperatorError
from transcode.presets import ladder_names

COSTS = {"conference-720": 1.6, "conference-480": 0.9, "thin": 0.5, "tiny": 0.1}


def test_the_biggest_that_fits_is_taken_and_the_rest_never_measured() -> None:
    asked: list[str] = []

    def cost(name: str) -> float:
        asked.append(name)
        return COSTS[name]

    assert biggest(DEMO_LADDERS, cost, 1.0) == "conference-480"
    assert asked == ["conference-720", "conference-480"]
    assert biggest(DEMO_LADDERS, COSTS.__getitem__, 0.01) is None


def test_every_ladder_of_the_demo_exists() -> None:
    assert set(DEMO_LADDERS) <= set(ladder_names())


def room(need: float, used: float, ladder: str = "conference-720") -> None:
    smaller = [name for name in DEMO_LADDERS if name != ladder]
    check_room(ladder=ladder, need=need, used=used, cores=2, smaller=smaller, cost=COSTS.__getitem__)


def test_what_fits_beside_the_others_is_let_through() -> None:
    room(1.6, 0.2)


def test_too_few_cores_name_the_ladder_that_would_fit() -> None:
    with pytest.raises(OperatorError, match=r"needs 1.6 cores, and 0.6 of 2 are free.*--ladder thin.*--force"):
        room(1.6, 1.2)


def test_when_nothing_fits_another_channel_has_to_go() -> None:
    with pytest.raises(OperatorError, match=r"0\.0 of 2 are free\. Stop another channel"):
        room(1.6, 2.5)


def test_a_tenth_of_the_machine_stays_for_decoders_and_headend() -> None:
    with pytest.raises(OperatorError, match=r"0\.2 of 2 are free"):
        room(0.3, 1.6)
