"""What a channel's programmes make of its picture."""

from dataclasses import replace

from desk.programmes.picture import curtain_at
from desk.programmes.times import zone_of
from desk.programmes.timetable import moment_at
from flow.curtain import Curtain
from tests.desk.programmes.some import DAY, a_programme, at

HERE = zone_of("Asia/Ho_Chi_Minh")
MORNING = a_programme("p1", "08:00", "09:00", runs_over=True, ended_s=at("09:10"), rehearsal_s=1_200)
ALL = (MORNING, a_programme("p2", "10:00", "11:00"))


def curtain(clock: str, started_s: int = 0) -> Curtain:
    return curtain_at(moment_at(ALL, at(clock)), at(clock), HERE, known_s=5, started_s=started_s)


def test_the_slate_is_down_before_and_after_and_not_while_it_is_on() -> None:
    seen = [(curtain(clock).key, curtain(clock).down, curtain(clock).tone) for clock in (
        "07:00", "07:40", "08:00", "09:05", "09:10", "09:45", "10:00", "11:00",
    )]
    assert seen == [
        ("", False, False), ("rehearsal:p1", True, True), ("on-air:p1", False, False), ("on-air:p1", False, False),
        ("after:p1", True, False), ("rehearsal:p2", True, True), ("on-air:p2", False, False),
        ("after:p2", True, False),
    ]


def test_in_rehearsal_it_says_what_comes_and_counts_down() -> None:
    seen = curtain("07:50")
    assert (seen.title, seen.counts_to_s) == ("Hội nghị p1", at("08:00"))
    assert "08:00" in seen.vi
    assert "08:00" in seen.en
    assert (seen.known_s, seen.since_s) == (5, at("07:40"))


def test_what_is_newer_is_older_nowhere() -> None:
    ages = [curtain(clock).age for clock in ("07:40", "08:00", "09:05", "09:10", "09:45", "10:00", "11:00")]
    assert ages == sorted(ages)


def test_a_channel_that_is_started_after_the_end_is_not_put_on_the_slate_for_it() -> None:
    assert curtain("09:20", started_s=at("09:15")).key == ""
    assert curtain("09:20", started_s=at("09:05")).key == "after:p1"
    assert curtain("09:50", started_s=at("09:46")).key == "rehearsal:p2"


def test_what_was_cancelled_in_rehearsal_leaves_the_picture_alone() -> None:
    gone = moment_at([replace(ALL[1], cancelled=True)], at("09:50"))
    assert not curtain_at(gone, at("09:50"), HERE, known_s=6).down
    assert curtain_at(moment_at((), DAY), DAY, HERE, known_s=0).key == ""
