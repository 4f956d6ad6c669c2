"""A channel's state in one value."""

import json
from dataclasses import replace
from typing import Any

import pytest

from desk.registry import Declared
from desk.report import report
from flow.cage import CageTrial
from flow.feed import Feed, FeedKind, FeedState
from flow.layout import Role
from flow.status import WorkerStatus
from flow.track import VIETNAMESE, Track
from tests.desk.samples import channel, feed_status, worker_status

SECOND = 1_000_000_000
TOO_SLOW = (
    ": end other work on this machine, or take a smaller ladder "
    "(`xacast ladder check` and `xacast doctor` say which)"
)


def of(
    status: WorkerStatus | None, *, age: int = 0, offset: int = 0, playlist: bool = True, trouble: str = "",
    delay_ms: int | None = None,
) -> dict[str, Any]:
    return report(
        declared=Declared(channel=channel(), revision=1), status=status, connected=status is not None, age=age,
        offset=offset, playlist=playlist, fresh=playlist, packager={"delay_ms": delay_ms}, trouble=trouble,
    )


@pytest.mark.parametrize(("status", "age", "playlist", "state"), [
    (None, 0, False, "starting"),
    (None, 0, True, "starting"),
    (None, 4 * SECOND, True, "lost"),
    (worker_status(), 0, False, "starting"),
    (worker_status(), 0, True, "live"),
    (worker_status("held"), 0, True, "held"),
    (worker_status("slate"), SECOND, True, "slate"),
    (worker_status(), 4 * SECOND, True, "lost"),
])
def test_the_state_is_one_word(status: WorkerStatus | None, age: int, playlist: bool, state: str) -> None:
    assert of(status, age=age, playlist=playlist)["state"] == state


def test_when_all_is_well_nothing_alarms() -> None:
    assert of(worker_status())["alarms"] == []


def test_the_schedules_slate_alarms_nobody() -> None:
    made = of(replace(worker_status("slate"), mode="schedule"), playlist=True)
    assert (made["state"], made["mode"], made["alarms"]) == ("slate", "schedule", [])


@pytest.mark.parametrize(("made", "sentence"), [
    (of(worker_status(), age=7 * SECOND), "the worker has been silent for 7 s"),
    (of(None, age=9 * SECOND), "no worker has come for 9 s"),
    (of(worker_status(), offset=SECOND), "the worker's clock is 1.0 s ahead of the headend's"),
    (of(worker_status(), offset=-SECOND), "the worker's clock is 1.0 s behind the headend's"),
    (of(worker_status(encoder_why="it was killed")), "encoder: it was killed"),
    (of(worker_status(encoder_why="the encoder does not keep up")),
     f"encoder: the encoder does not keep up{TOO_SLOW}"),
    (of(replace(worker_status(), encoder_fallen="nvenc: it was killed")),
     "encoder: x264 in place of nvenc: it was killed"),
    (of(worker_status(link_why="it does not answer")), "headend http://127.0.0.1:8070: it does not answer"),
    (of(worker_status(feeds=(feed_status(FeedState.WAITING, "nobody answers"),))),
     "feed srt://10.0.0.5:9000: nobody answers"),
    (of(worker_status(feeds=(feed_status(sound=False),))), "feed srt://10.0.0.5:9000: no sound; silence is used"),
    (of(worker_status(), trouble="disk full: 3 segments not kept"), "disk full: 3 segments not kept"),
])
def test_what_is_wrong_is_a_sentence(made: dict[str, Any], sentence: str) -> None:
    """F-19, F-21: clocks apart and lost writes are alarms."""
    assert made["alarms"] == [sentence]


def test_half_a_second_between_clocks_is_no_alarm() -> None:
    """F-19."""
    assert of(worker_status(), offset=SECOND // 2)["alarms"] == []
    assert len(of(worker_status(), offset=SECOND // 2 + 1)["alarms"]) == 1


def test_who_chooses_and_since_when_is_told() -> None:
    made = of(replace(worker_status(), mode="hold", since_ns=1_795_309_323_000_000_000))
    assert (made["mode"], made["on_air_since"]) == ("hold", "2026-11-22T01:02:03.000Z")
    assert (of(None)["mode"], of(None)["on_air_since"]) == ("auto", None)


@pytest.mark.parametrize(("unfit", "words"), [
    ("black", "its picture is black"), ("lobby", "it shows its lobby picture"),
    ("frozen", "its picture stands still and there is no sound"),
])
def test_a_feed_that_is_not_fit_to_show_alarms(unfit: str, words: str) -> None:
    """F-18."""
    made = of(worker_status(feeds=(replace(feed_status(), unfit=unfit),)))
    assert made["alarms"] == [f"feed srt://10.0.0.5:9000: {words}"]


def test_no_report_holds_a_secret() -> None:
    """T-11."""
    assert "hush" not in json.dumps(of(worker_status()))


def _with_tracks(*heard: int, sounds: tuple[int, ...] = (), sound: bool = True, has: int = 0) -> list[str]:
    two = replace(
        channel(), tracks=(VIETNAMESE, Track(language="en", name="English")),
        feeds=(replace(channel().feeds[0], sounds=sounds),),
    )
    status = worker_status(feeds=(replace(feed_status(sound=sound), heard=heard, sounds=("aac",) * has),))
    whole = report(
        declared=Declared(channel=two, revision=1), status=status, connected=True, age=0, offset=0, playlist=True,
        fresh=True, packager={}, trouble="",
    )
    assert whole["tracks"][1] == {"language": "en", "name": "English"}
    alarms: list[str] = whole["alarms"]
    return alarms


def test_an_interpretation_that_does_not_come_is_an_alarm() -> None:
    """F-13, in one track of several."""
    assert _with_tracks(1, 2) == _with_tracks(2, 1, sounds=(2, 1)) == _with_tracks(1, 0, sounds=(1, 0)) == []
    assert _with_tracks() == []
    place = "feed srt://10.0.0.5:9000: sound"
    assert _with_tracks(1, 1) == [f"{place} 2 for English is missing; the original is used"]
    assert _with_tracks(0, 2) == [f"{place} 1 for Tiếng Việt is missing; silence is used"]
    assert _with_tracks(1, 1, has=1) == [f"{place} 2 of 1 for English is missing; the original is used"]
    assert len(_with_tracks(0, 0, sound=False)) == 1


@pytest.mark.parametrize("silent", [
    Feed(address="a.png", kind=FeedKind.STILL, shown="a.png"),
    Feed(address="testcard:", kind=FeedKind.TESTCARD, shown="testcard:", role=Role.SLIDES),
])
def test_what_is_meant_to_be_silent_alarms_nobody(silent: Feed) -> None:
    two = replace(channel(), tracks=(VIETNAMESE, Track(language="en", name="English")), feeds=(silent,))
    for sound in (True, False):
        status = worker_status(feeds=(replace(feed_status(sound=sound), heard=(0, 0)),))
        whole = report(
            declared=Declared(channel=two, revision=1), status=status, connected=True, age=0, offset=0,
            playlist=True, fresh=True, packager={}, trouble="",
        )
        assert whole["alarms"] == []


def test_slides_that_show_their_lobby_picture_alarm_nobody() -> None:
    for role, alarms in ((Role.MAIN, 1), (Role.SLIDES, 0)):
        one = replace(channel(), feeds=(replace(channel().feeds[0], role=role),))
        whole = report(
            declared=Declared(channel=one, revision=1), age=0, offset=0, playlist=True, fresh=True, packager={},
            status=worker_status(feeds=(replace(feed_status(), unfit="lobby"),)), connected=True, trouble="",
        )
        assert len(whole["alarms"]) == alarms


def test_a_cage_that_does_not_hold_alarms() -> None:
    """T-08."""
    holed = replace(worker_status(), cage=CageTrial(level="limits", tried=5, refused=4, open=("connect",)))
    assert of(holed)["alarms"] == ["the decoders' cage lets them connect"]
    assert "without a cage" in of(replace(worker_status(), cage=CageTrial(level="off")))["alarms"][0]
    assert of(replace(worker_status(), cage=CageTrial(level="limits", tried=5, refused=5)))["alarms"] == []


def test_media_that_do_not_arrive_are_an_alarm_however_well_the_worker_is() -> None:
    """T-13: another worker's newer media stood in the way, and status said live."""
    made = replace(worker_status(), ticks=1_000)
    found = of(made, delay_ms=68_814)
    assert (found["state"], found["alarms"][0]) == ("lost", "nothing new has come to viewers for 68 s")
    fresh = replace(made, ticks=100)
    for well in (of(made, delay_ms=3_000), of(fresh, delay_ms=68_814), of(None, delay_ms=68_814)):
        assert well["state"] != "lost"
        assert well["alarms"] == []


def test_what_a_program_needs_to_know_of_the_channel_is_there() -> None:
    made = replace(channel(), key_period_s=300, workers=2)
    whole = report(
        declared=Declared(channel=made, revision=1), status=None, connected=False, age=0, offset=0, playlist=True,
        fresh=True, packager={}, trouble="",
    )
    told = {key: whole[key] for key in (
        "profile", "window_s", "encrypted", "key_period_s", "loudness", "delay_ms", "worker_count",
    )}
    assert told == {
        "profile": "low", "window_s": 7_200, "encrypted": True, "key_period_s": 300, "loudness": -23.0,
        "delay_ms": 200, "worker_count": 2,
    }
