"""What a channel's programmes mean at a moment."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from desk.programmes.programme import Programme
from desk.programmes.timetable import State, conflicts, moment_at, turns
from flow.ids import ChannelId
from tests.desk.programmes.some import DAY, a_programme, at

MORNING = a_programme("p1", "08:00", "09:30", rehearsal_s=1_800)
NOON = a_programme("p2", "11:00", "12:00", rehearsal_s=900)
AFTERNOON = a_programme("p3", "12:00", "13:00", rehearsal_s=3_600)
ALL = (AFTERNOON, MORNING, NOON)


def state(clock: str, programmes: Sequence[Programme] = ALL) -> tuple[str, str | None]:
    now = moment_at(programmes, at(clock))
    return now.state.value, now.programme.id if now.programme else None


def test_a_channel_without_programmes_is_idle() -> None:
    assert moment_at((), DAY).state is State.IDLE
    assert moment_at((), DAY).change_s is None


def test_a_whole_day_minute_by_minute() -> None:
    """Each minute's state is right, from every state that a headend could have been started anew in."""
    expected = (
        ("00:00", "idle", None), ("07:30", "rehearsal", "p1"), ("08:00", "on-air", "p1"), ("09:30", "after", "p1"),
        ("10:45", "rehearsal", "p2"), ("11:00", "on-air", "p2"), ("12:00", "on-air", "p3"),
        ("13:00", "after", "p3"),
    )
    seen = {f"{minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60)}
    for clock in sorted(seen):
        _, wanted, programme = next(row for row in reversed(expected) if row[0] <= clock)
        assert state(clock) == (wanted, programme), clock


def test_the_next_change_and_the_next_programme_are_named() -> None:
    idle = moment_at(ALL, at("06:00"))
    assert (idle.change_s, idle.following) == (at("07:30"), MORNING)
    on_air = moment_at(ALL, at("08:10"))
    assert (on_air.change_s, on_air.since_s, on_air.following) == (at("09:30"), at("08:00"), NOON)
    # The rehearsal of what follows changes nothing while another is on air.
    assert moment_at(ALL, at("11:05")).change_s == at("12:00")
    assert moment_at(ALL, at("13:30")).change_s is None


def test_it_may_begin_early_and_be_stopped_early() -> None:
    early = replace(MORNING, began_s=at("07:50"))
    assert state("07:49", [early]) == ("rehearsal", "p1")
    assert state("07:50", [early]) == ("on-air", "p1")
    stopped = replace(early, ended_s=at("08:30"))
    assert state("08:29", [stopped]) == ("on-air", "p1")
    assert state("08:30", [stopped]) == ("after", "p1")


def test_one_that_runs_over_is_stopped_by_hand_and_the_next_waits_for_it() -> None:
    over = replace(NOON, runs_over=True)
    assert state("11:59", [over, AFTERNOON]) == ("on-air", "p2")
    assert state("12:20", [over, AFTERNOON]) == ("over-run", "p2")
    assert moment_at([over, AFTERNOON], at("12:20")).following == AFTERNOON
    assert moment_at([over, AFTERNOON], at("11:30")).change_s == at("12:00")
    stopped = replace(over, ended_s=at("12:20"))
    assert state("12:20", [stopped, AFTERNOON]) == ("on-air", "p3")
    assert moment_at([stopped, AFTERNOON], at("12:25")).since_s == at("12:20")


def test_one_that_waited_past_its_end_never_was_on_air() -> None:
    over = replace(NOON, runs_over=True, ended_s=at("13:05"))
    assert state("13:05", [over, AFTERNOON]) == ("after", "p2")
    assert [turn.programme.id for turn in turns([over, AFTERNOON])] == ["p2"]


def test_an_unscheduled_one_runs_until_it_is_stopped() -> None:
    one = a_programme("p9", "15:00", "", rehearsal_s=0, began_s=at("15:00"))
    assert state("14:59", [one]) == ("idle", None)
    assert state("23:59", [one]) == ("on-air", "p9")
    assert moment_at([one], at("23:00")).change_s is None
    assert state("23:59", [replace(one, ended_s=at("16:00"))]) == ("after", "p9")


def test_what_is_cancelled_is_not_there() -> None:
    assert state("08:10", [replace(MORNING, cancelled=True)]) == ("idle", None)
    assert conflicts(MORNING, [replace(MORNING, id=NOON.id, cancelled=True)], DAY) == ()
    assert conflicts(replace(MORNING, cancelled=True), [replace(MORNING, id=NOON.id)], DAY) == ()


def test_overlaps_are_found_and_neighbours_are_none() -> None:
    assert conflicts(a_programme("p9", "09:30", "11:00"), ALL, DAY) == ()
    assert conflicts(a_programme("p9", "09:00", "11:30"), ALL, DAY) == (MORNING, NOON)
    assert conflicts(replace(MORNING, start_s=MORNING.start_s + 60), ALL, DAY) == ()
    assert conflicts(a_programme("p9", "09:00", "11:30", channel=ChannelId("other")), ALL, DAY) == ()
    stopped = replace(MORNING, ended_s=at("08:30"))
    assert conflicts(a_programme("p9", "08:30", "09:00"), [stopped], DAY) == ()


def test_one_without_an_end_takes_up_the_time_that_has_passed() -> None:
    one = a_programme("p9", "15:00", "", began_s=at("15:00"))
    assert conflicts(a_programme("p2", "17:00", "18:00"), [one], at("16:00")) == ()
    assert conflicts(a_programme("p2", "15:30", "18:00"), [one], at("16:00")) == (one,)


minutes = st.integers(0, 24 * 60)


@st.composite
def days_of(draw: st.DrawFn) -> list[Programme]:
    """Programmes as an operator may leave them behind, begun and ended by hand, over-running, cancelled."""
    made = []
    for number in range(draw(st.integers(0, 5))):
        start = DAY + 60 * draw(minutes)
        hand = draw(st.sampled_from(["", "began", "ended", "over", "open", "cancelled"]))
        lasting = draw(st.integers(1, 240))
        made.append(a_programme(
            f"p{number + 1}", start_s=start, end_s=None if hand == "open" else start + 60 * lasting,
            rehearsal_s=60 * draw(st.integers(0, 60)), runs_over=hand == "over", cancelled=hand == "cancelled",
            began_s=start - 60 * draw(st.integers(0, 90)) if hand == "began" else None,
            ended_s=start + 60 * draw(st.integers(0, 300)) if hand == "ended" else None,
        ))
    return made


@given(programmes=days_of(), minute=minutes)
@settings(max_examples=150, deadline=None)
def test_nothing_changes_before_the_next_change_and_something_does_then(
    programmes: list[Programme], minute: int,
) -> None:
    now_s = DAY + 60 * minute
    now = moment_at(programmes, now_s)
    if now.change_s is not None:
        assert now.change_s > now_s
        last, then = moment_at(programmes, now.change_s - 1), moment_at(programmes, now.change_s)
        assert (last.state, last.programme) == (now.state, now.programme)
        assert (then.state, then.programme) != (now.state, now.programme)
    else:
        late = moment_at(programmes, now_s + 10 * 86_400)
        assert (late.state, late.programme) == (now.state, now.programme)


@given(programmes=days_of(), minute=minutes)
@settings(max_examples=150, deadline=None)
def test_one_at_most_is_on_air_and_only_in_its_own_time(programmes: list[Programme], minute: int) -> None:
    line = turns(programmes)
    assert all(one.until_s is not None and one.until_s <= then.from_s for one, then in pairwise(line))
    now = moment_at(programmes, DAY + 60 * minute)
    assert (now.since_s is not None) == now.state.airs
    if now.state.airs:
        assert now.programme is not None
        assert now.programme.begins_s <= DAY + 60 * minute
        assert not now.programme.cancelled
        assert now.programme.over_s is None or DAY + 60 * minute < now.programme.over_s
    assert moment_at(reversed(programmes), DAY + 60 * minute) == now


@given(programmes=days_of(), minute=minutes)
@settings(max_examples=100, deadline=None)
def test_without_conflicts_each_programme_has_its_whole_time(programmes: list[Programme], minute: int) -> None:
    kept: list[Programme] = []
    for one in programmes:
        if one.end_s is not None and not one.runs_over and not conflicts(one, kept, DAY):
            kept.append(one)
    for turn in turns(kept):
        assert (turn.from_s, turn.until_s) == (turn.programme.begins_s, turn.programme.over_s)


def test_since_when_it_is_so_is_told() -> None:
    over = replace(NOON, runs_over=True, ended_s=at("12:20"))
    programmes = (MORNING, over, AFTERNOON)
    seen = {clock: moment_at(programmes, at(clock)).state_since_s for clock in (
        "05:00", "07:40", "09:00", "10:00", "12:10", "12:59", "14:00",
    )}
    assert seen == {
        "05:00": 0, "07:40": at("07:30"), "09:00": at("08:00"), "10:00": at("09:30"), "12:10": at("12:00"),
        "12:59": at("12:20"), "14:00": at("13:00"),
    }
