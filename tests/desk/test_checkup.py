"""The doctor's checks."""

import json
import socket
from pathlib import Path

import pytest

from desk.cage import Cages
from desk.checkup import (
    AMPLE,
    Check,
    Mark,
    check_cage,
    check_clock,
    check_cores,
    check_disk_room,
    check_encoders,
    check_hevc,
    check_listeners,
    check_packages,
    check_page,
    check_setpriv,
    check_tools,
    check_trial,
    check_window_room,
    is_up,
)
from desk.costs import Costs, cores
from desk.ffmpeg import FFmpeg
from desk.listener import Listener
from desk.preflight import LEAST_FREE
from desk.settings import Settings
from flow.cage import CageTrial
from flow.encoder_kind import EncoderKind

FREE = Listener("127.0.0.1", 0)


def test_a_check_is_plain_values() -> None:
    check = Check(name="disk", mark=Mark.WARN, said="little room")
    assert json.loads(json.dumps(check.to_json())) == {"name": "disk", "mark": "warn", "said": "little room"}


def test_the_tools_are_found_or_the_way_out_is_told() -> None:
    check, found = check_tools("")
    assert found is not None
    assert check.mark in {Mark.OK, Mark.WARN}
    assert found.path in check.said
    check, found = check_tools("/no/such/ffmpeg")
    assert found is None
    assert check.mark is Mark.FAIL
    assert "XACAST_FFMPEG" in check.said


def test_an_ffmpeg_without_srt_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = FFmpeg(path="/f", version="5.1", lacks=(), srt=False, hevc=True)
    monkeypatch.setattr("desk.checkup.find_ffmpeg", lambda _chosen: plain)
    assert check_tools("")[0].mark is Mark.WARN


def test_each_encoder_of_hardware_is_tried_and_said_why_it_is_not_taken() -> None:
    found = {EncoderKind.NVENC: "", EncoderKind.QSV: "no driver", EncoderKind.VAAPI: "no driver"}
    nvenc, qsv, vaapi = check_encoders(found.__getitem__)
    assert (nvenc.name, nvenc.mark) == ("encoder nvenc", Mark.OK)
    assert (qsv.mark, qsv.said) == (vaapi.mark, vaapi.said) == (Mark.NONE, "not taken: no driver")


@pytest.mark.parametrize(("there", "wanted", "mark"), [
    (True, True, Mark.OK), (False, False, Mark.NONE), (False, True, Mark.FAIL),
])
def test_hevc_fails_nobody_who_does_not_ask_for_it(there: bool, wanted: bool, mark: Mark) -> None:
    found = FFmpeg(path="/f", version="5.1", lacks=(), srt=True, hevc=there)
    assert check_hevc(found, wanted=wanted).mark is mark


def test_setpriv_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_setpriv().mark is Mark.OK
    monkeypatch.setenv("PATH", "")
    assert check_setpriv().mark is Mark.FAIL


@pytest.mark.parametrize(("wanted", "why", "mark", "word"), [
    ("best", "", Mark.OK, "bubblewrap: a decoder"), ("require", "", Mark.OK, "bubblewrap: a decoder"),
    ("best", "bwrap is not installed", Mark.WARN, "limits alone"), ("off", "", Mark.WARN, "XACAST_CAGE=best"),
    ("require", "bwrap is not installed", Mark.FAIL, "apt install bubblewrap"),
])
def test_the_cage_in_force_is_told(
    wanted: str, why: str, mark: Mark, word: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-08."""
    monkeypatch.setattr(Cages, "_found", lambda _self: None if why else ("tools", "way"))
    monkeypatch.setattr(Cages, "why", why)
    check = check_cage(Cages(wanted))
    assert (check.name, check.mark) == ("cage", mark)
    assert word in check.said


@pytest.mark.parametrize(("trial", "mark", "word"), [
    (CageTrial(level="bubblewrap", tried=5, refused=5), Mark.OK, "5 of 5 attempts"),
    (CageTrial(level="bubblewrap", tried=5, refused=4, open=("connect",)), Mark.FAIL, "a decoder may connect"),
    (CageTrial(level="limits", tried=5, refused=4, open=("connect",)), Mark.WARN, "a decoder may connect"),
    (CageTrial(level="limits"), Mark.FAIL, "nothing could be tried"),
    (CageTrial(level="off"), Mark.WARN, "nothing could be tried"),
])
def test_what_came_of_trying_the_cage_is_told(trial: CageTrial, mark: Mark, word: str) -> None:
    """T-08."""
    check = check_trial(trial)
    assert (check.name, check.mark) == ("cage tried", mark)
    assert word in check.said


def test_ports_are_free_or_ours_or_in_use(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        taken = Listener("127.0.0.1", other.getsockname()[1])
        settings = Settings(data=tmp_path, viewers=taken, operators=FREE, machines=FREE, rtmp=FREE)
        stranger = [check.mark for check in check_listeners(settings, ours=False)]
        ours = [check.mark for check in check_listeners(settings, ours=True)]
    assert stranger == [Mark.FAIL, Mark.OK, Mark.OK, Mark.OK]
    assert ours == [Mark.OK, Mark.OK, Mark.OK, Mark.OK]
    assert not is_up(settings)


def test_a_publishers_port_that_is_in_use_warns(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = Listener("127.0.0.1", other.getsockname()[1])
        settings = Settings(data=tmp_path, viewers=FREE, operators=FREE, machines=FREE, rtmp=taken)
        *_, stranger = check_listeners(settings, ours=False)
        *_, ours = check_listeners(settings, ours=True)
    assert (stranger.name, stranger.mark, ours.mark) == ("port rtmp", Mark.WARN, Mark.OK)
    assert "choose another with XACAST_RTMP" in stranger.said


@pytest.mark.parametrize(("now", "word", "mark"), [
    (0.0, "yes", Mark.FAIL), (1.8e9, "no", Mark.WARN), (1.8e9, "yes", Mark.OK), (1.8e9, "", Mark.OK),
])
def test_the_clock_should_be_held_by_ntp(now: float, word: str, mark: Mark) -> None:
    """F-19, F-27: a clock that was never set is a failure; without systemd nothing can be said, which is fine."""
    assert check_clock(now, lambda: word).mark is mark


def test_this_machines_clock_can_be_asked_for() -> None:
    assert check_clock().mark in {Mark.OK, Mark.WARN}


@pytest.mark.parametrize(("room", "mark"), [(LEAST_FREE - 1, Mark.FAIL), (AMPLE - 1, Mark.WARN), (AMPLE, Mark.OK)])
def test_the_disk_has_room(tmp_path: Path, room: int, mark: Mark) -> None:
    """F-21."""
    assert check_disk_room(tmp_path, lambda _path: room).mark is mark


@pytest.mark.parametrize(("room", "mark"), [(2**40, Mark.OK), (2**20, Mark.WARN)])
def test_the_disk_is_held_against_a_channels_window(tmp_path: Path, room: int, mark: Mark) -> None:
    check = check_window_room(tmp_path, "tiny", 43_200, lambda _path: room)
    assert check.mark is mark
    assert "a window of 12h takes up to" in check.said


@pytest.mark.parametrize(("share", "mark"), [(0.5, Mark.OK), (0.9, Mark.WARN), (1.1, Mark.FAIL)])
def test_the_cores_are_held_against_the_ladder(tmp_path: Path, share: float, mark: Mark) -> None:
    found = FFmpeg(path="/f", version="5.1", lacks=(), srt=True, hevc=True)
    costs = Costs(data=tmp_path, ffmpeg=found, measure=lambda *_: share * cores())
    assert check_cores("tiny", costs, lambda: 0.5).mark is mark
    assert check_cores("tinny", costs).mark is Mark.FAIL


def test_a_busy_machine_is_no_proof_that_a_ladder_fits_which_fitted_once(tmp_path: Path) -> None:
    found = FFmpeg(path="/f", version="5.1", lacks=(), srt=True, hevc=True)
    costs = Costs(data=tmp_path, ffmpeg=found, measure=lambda *_: 0.5 * cores(), now=lambda: 1_795_309_323)
    idle, busy = (check_cores("tiny", costs, lambda load=load: load) for load in (0.3, cores() * 9.0))
    assert "measured 2026-11-2" in idle.said
    assert (idle.mark, busy.mark) == (Mark.OK, Mark.WARN)
    assert "0.3 tasks have wanted them" in idle.said
    assert "end other work, or the encoder may not keep up" in busy.said


def test_a_ladder_that_is_too_much_is_answered_with_one_that_fits(tmp_path: Path) -> None:
    found = FFmpeg(path="/f", version="5.1", lacks=(), srt=True, hevc=True)
    heavy = {"conference-720", "conference-1080"}
    costs = Costs(
        data=tmp_path, ffmpeg=found, measure=lambda ladder, *_: cores() * (2.0 if ladder.name in heavy else 0.5),
    )
    check = check_cores("conference-720", costs)
    assert check.mark is Mark.FAIL
    assert "take --ladder conference-480, which fits" in check.said


def test_the_page_is_built_or_the_way_to_build_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_page().mark in {Mark.OK, Mark.FAIL}
    monkeypatch.setattr("desk.checkup.Assets.load", lambda: None)
    assert check_page().mark is Mark.OK


def test_our_short_names_mean_our_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_packages().mark is Mark.OK
    monkeypatch.setattr("desk.checkup.ROOMS", ("flow", "json", "no_such_room"))
    check = check_packages()
    assert check.mark is Mark.FAIL
    assert "json, no_such_room" in check.said
