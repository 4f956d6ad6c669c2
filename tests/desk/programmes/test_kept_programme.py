"""Programmes as a schedule on the disk has them."""

import json
from dataclasses import replace
from random import Random

import pytest

from desk.programmes.audience import Audience
from desk.programmes.kept_programme import from_plain, near, plain
from desk.programmes.programme import Programme
from desk.programmes.timetable import moment_at
from flow.errors import OperatorError
from tests.desk.programmes.some import DAY, a_programme, at

AHEAD_S = 6 * 3_600


def test_what_is_written_is_read_without_who_is_invited() -> None:
    one = a_programme("p7", "08:00", "", title='Giao ban "tuần"', began_s=at("07:55"), runs_over=True)
    kept = from_plain(json.loads(json.dumps(plain(one))))
    assert kept == replace(one, audience=Audience())


@pytest.mark.parametrize("words", [{}, {"id": "p1"}, {**plain(a_programme()), "start_s": -1}])
def test_what_is_none_is_refused(words: dict[str, object]) -> None:
    with pytest.raises((TypeError, OperatorError)):
        from_plain(words)


def _day(dice: Random) -> list[Programme]:
    made = []
    for number in range(1, dice.randrange(2, 12)):
        start = DAY + dice.randrange(-2 * 86_400, 2 * 86_400, 300)
        lasting, by_hand = dice.randrange(600, 9_000, 300), dice.random()
        made.append(a_programme(
            f"p{number}", "00:00", "", start_s=start, end_s=None if by_hand < 0.1 else start + lasting,
            runs_over=0.1 <= by_hand < 0.2, ended_s=start + lasting + 600 if dice.random() < 0.3 else None,
            rehearsal_s=dice.randrange(0, 3_600, 60), cancelled=dice.random() < 0.1,
        ))
    return made


@pytest.mark.parametrize("seed", range(30))
def test_what_is_near_comes_to_the_same_for_the_hours_to_come(seed: int) -> None:
    dice = Random(seed)
    programmes = _day(dice)
    kept = near(programmes, DAY, ahead_s=AHEAD_S)
    for now_s in range(DAY, DAY + AHEAD_S, 300):
        whole, some = moment_at(programmes, now_s), moment_at(kept, now_s)
        assert (some.state, some.programme and some.programme.id) == (
            whole.state, whole.programme and whole.programme.id), now_s - DAY
