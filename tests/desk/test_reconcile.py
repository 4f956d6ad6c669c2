"""What the supervisor does next follows from what it sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.reconcile import FIRST_PAUSE, GRACE, LONGEST_PAUSE, PROVEN_AFTER, Deed, Life, Phase, decide

SECOND = 1_000_000_000


def life(phase: Phase = Phase.RUNNING, *, revision: str = "1", since: int = 0, pause: int = 0) -> Life:
    return Life(revision=revision, phase=phase, since=since, pause=pause)


def test_what_is_wanted_and_absent_is_started() -> None:
    assert decide({"a": "1"}, {}, 0) == {"a": Deed.START}


def test_what_runs_as_wanted_is_left_alone() -> None:
    assert decide({"a": "1"}, {"a": life()}, SECOND) == {}


def test_what_is_not_wanted_any_more_is_stopped_then_killed_then_forgotten() -> None:
    running = life()
    assert decide({}, {"a": running}, SECOND) == {"a": Deed.STOP}
    stopping = running.asked_to_stop(SECOND)
    assert decide({}, {"a": stopping}, SECOND + GRACE - 1) == {}
    assert decide({}, {"a": stopping}, SECOND + GRACE) == {"a": Deed.KILL}
    assert decide({}, {"a": stopping.ended_by_force()}, 10 * SECOND) == {}
    assert decide({}, {"a": stopping.died(5 * SECOND)}, 5 * SECOND) == {"a": Deed.FORGET}


def test_another_revision_is_a_stop_and_then_a_start_without_a_pause() -> None:
    assert decide({"a": "2"}, {"a": life()}, SECOND) == {"a": Deed.STOP}
    dead = life().asked_to_stop(SECOND).died(SECOND)
    assert decide({"a": "2"}, {"a": dead}, SECOND) == {"a": Deed.START}


def test_what_died_is_started_after_its_pause() -> None:
    """F-01."""
    dead = life().died(SECOND)
    assert dead.pause == FIRST_PAUSE
    assert decide({"a": "1"}, {"a": dead}, SECOND + FIRST_PAUSE - 1) == {}
    assert decide({"a": "1"}, {"a": dead}, SECOND + FIRST_PAUSE) == {"a": Deed.START}


def test_pauses_double_up_to_five_seconds() -> None:
    """F-03: what dies again and again costs the others little."""
    one, pauses = life(), []
    for _ in range(9):
        one = one.died(0)
        pauses.append(one.pause)
        one = one.started("1", 0)
    assert pauses[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE
    assert one.deaths == 9


def test_a_long_life_forgets_the_deaths_before_it() -> None:
    worn = life(pause=LONGEST_PAUSE)
    assert worn.died(PROVEN_AFTER - 1).pause == LONGEST_PAUSE
    assert worn.died(PROVEN_AFTER).pause == FIRST_PAUSE


@given(
    st.dictionaries(st.sampled_from("abc"), st.sampled_from("12")),
    st.dictionaries(
        st.sampled_from("abc"),
        st.builds(life, st.sampled_from(Phase), revision=st.sampled_from("12"), pause=st.just(FIRST_PAUSE)),
    ),
    st.integers(0, 20 * SECOND),
)
def test_nothing_unwanted_is_started_and_nothing_wanted_is_stopped(
    wanted: dict[str, str], lives: dict[str, Life], now: int,
) -> None:
    for key, deed in decide(wanted, lives, now).items():
        match deed:
            case Deed.START:
                assert key in wanted
                assert key not in lives or lives[key].phase is Phase.DEAD
            case Deed.STOP:
                assert wanted.get(key) != lives[key].revision
                assert lives[key].phase is Phase.RUNNING
            case Deed.KILL:
                assert lives[key].phase is Phase.STOPPING
            case Deed.FORGET:
                assert key not in wanted


@pytest.mark.parametrize("phase", list(Phase))
def test_a_start_renews_the_whole_life(phase: Phase) -> None:
    new = life(phase).ended_by_force().started("2", 9)
    assert (new.revision, new.phase, new.since, new.killed) == ("2", Phase.RUNNING, 9, False)
