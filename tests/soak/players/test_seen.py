"""When a player counts as playing."""

from dataclasses import replace

from tests.soak.players.seen import Seen, Trial, faults, row, verdict

TRIAL = Trial(player="mpv", playlist="index", profile="low", encrypted=True)
PLAYED = Seen(seconds=60, played=58, waits=0, stills=0, latency=2.1, worst=2.2, dropped=0)


def test_one_that_played_all_the_time_plays() -> None:
    assert faults(PLAYED, "low") == []
    assert verdict(TRIAL, PLAYED) == "plays"


def test_each_thing_that_goes_wrong_is_told() -> None:
    broken = replace(PLAYED, played=10, waits=2, stills=1, errors=4, fatal=1, latency=10.25)
    assert faults(broken, "low") == [
        "1 fatal errors", "waited 2 times, stood 1 times", "4 errors", "played 10 s of 60 s", "10.2 s behind",
    ]


def test_ten_seconds_behind_are_no_fault_of_a_profile_that_is_not_for_low_latency() -> None:
    assert faults(replace(PLAYED, latency=10.25), "classic") == []


def test_one_that_is_not_here_is_absent_and_has_not_passed() -> None:
    assert verdict(TRIAL, None) == "absent"
    assert row(TRIAL, None)[-1] == "absent"


def test_a_failure_that_is_the_players_own_is_named_and_what_it_plays_is_not_excused() -> None:
    known = replace(TRIAL, player="GStreamer playbin3")
    assert verdict(known, replace(PLAYED, played=0)).startswith("known: ")
    assert verdict(known, PLAYED) == "plays"
    assert verdict(replace(known, playlist="ts"), replace(PLAYED, played=0)).startswith("FAILED: ")
