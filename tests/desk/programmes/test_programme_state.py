"""In one word, how it stands with a programme."""

from dataclasses import replace

from desk.programmes.programme import Programme
from desk.programmes.programme_state import state_of
from desk.programmes.timetable import moment_at
from tests.desk.programmes.some import a_programme, at

FIRST, SECOND = a_programme("p1", "08:00", "09:00"), a_programme("p2", "09:00", "10:00")


def states(clock: str, *all_: Programme) -> list[str]:
    moment = moment_at(all_, at(clock))
    return [state_of(one, moment, at(clock)) for one in all_]


def test_each_has_its_word() -> None:
    assert states("07:00", FIRST, SECOND) == ["planned", "planned"]
    assert states("07:50", FIRST, SECOND) == ["rehearsal", "planned"]
    assert states("08:50", FIRST, SECOND) == ["on-air", "planned"]
    assert states("10:00", FIRST, SECOND) == ["over", "over"]
    assert states("09:10", replace(FIRST, runs_over=True), SECOND) == ["over-run", "waiting"]
    assert states("08:10", replace(FIRST, cancelled=True), SECOND) == ["cancelled", "planned"]
