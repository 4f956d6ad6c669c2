"""`xacast start`, over a stand-in for the headend."""

import getpass
import socket
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import desk.commands.start
from desk.api_client import ApiClient
from desk.cli import run
from desk.costs import Costs
from desk.errors import NotRunningError
from desk.ffmpeg import FFmpeg
from flow.encoder_kind import EncoderKind


class Headend:
    """What was declared on it, and what runs there already."""

    def __init__(self) -> None:
        self.declared: list[dict[str, Any]] = []
        self.running: list[dict[str, Any]] = []
        self.sites = 0
        self.report = {
            "name": "hop", "playlist": True, "fresh": True, "state": "live", "alarms": [], "remote": False,
            "ladder": "tiny", "feeds": [{"kind": "testcard", "shown": "testcard:"}],
            "worker": {"status": {"on_air": "live", "run": 1, "feeds": []}},
        }

    def channels(self) -> dict[str, Any]:
        return {"viewers": "http://10.0.0.1:8080", "sites": self.sites, "channels": self.running}


def cost_of(_self: Costs, name: str, kind: EncoderKind = EncoderKind.X264, *, hevc: bool = False) -> float:
    return (0.1 if name == "tiny" else 1.5) * (1.0 if kind is EncoderKind.X264 else 0.2) * (2 if hevc else 1)


@pytest.fixture
def headend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Headend:
    made = Headend()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    monkeypatch.setenv("XACAST_RTMP", "127.0.0.1:0")
    monkeypatch.setattr(ApiClient, "channels", lambda _self: made.channels())
    monkeypatch.setattr(ApiClient, "channel", lambda _self, _name: made.report)
    monkeypatch.setattr(ApiClient, "declare", lambda _self, **words: made.declared.append(words))
    monkeypatch.setattr(getpass, "getuser", lambda: "lan")
    monkeypatch.setattr(Costs, "of", cost_of)
    monkeypatch.setattr(desk.commands.start, "cores", lambda: 2)
    return made


def test_a_channel_is_declared_and_its_addresses_told(
    headend: Headend, capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["start", "hop", "--feed", "testcard:", "--ladder", "tiny", "--profile", "ultra",
                "--why", "giao ban"]) == 0
    assert headend.declared == [{
        "name": "hop", "feeds": ("testcard:",), "ladder": "tiny", "profile": "ultra", "title": "hop",
        "slides": "", "logo": "", "slate": "", "rules": "", "loudness": "-23", "delay": 200, "each": {},
        "tracks": (), "captions": "off", "window": "2h", "remote": False, "insecure": False,
        "encrypt": False, "key_period": "5min", "workers": 1, "encoder": "x264", "hevc": False,
        "open_to_all": False, "by_hand": False, "region": "", "who": "lan", "why": "giao ban",
    }]
    said = capsys.readouterr().out
    assert "channel hop is on air" in said
    assert "http://10.0.0.1:8080/watch/hop" in said


def test_a_feed_that_is_smaller_than_the_ladder_is_told_with_the_ladder_that_suits(
    headend: Headend, capsys: pytest.CaptureFixture[str],
) -> None:
    feeds = [{"received": "", "why": "it does not come"}, {"received": "h264 640x360 25 fps, aac 48000 Hz stereo"}]
    status = {"on_air": "live", "run": 1, "feeds": feeds}
    headend.report |= {"ladder": "conference-720", "worker": {"status": status}}
    assert run(["start", "hop", "--feed", "srt://10.0.0.5:9000", "--feed", "srt://10.0.0.6:9000"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "note: what feed 2 brings is smaller than v720, v720-lean, v540, which only enlarge it: "
        "--ladder conference-480 suits it better"
    )


def test_a_channel_that_is_closed_says_how_somebody_comes_in(
    headend: Headend, capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["start", "hop", "--feed", "testcard:", "--ladder", "tiny"]
    assert run(words) == 0
    told = capsys.readouterr().out
    for part in ("none is registered yet", "xacast site add", "xacast link make", "with --open"):
        assert part in told
    headend.sites = 3
    assert run(words) == 0
    told = capsys.readouterr().out
    assert "xacast link make" in told
    assert "none is registered" not in told


def test_an_open_channel_is_for_everybody(headend: Headend, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["start", "hop", "--feed", "testcard:", "--ladder", "tiny", "--open"]) == 0
    assert headend.declared[0]["open_to_all"] is True
    assert "playlist  http://10.0.0.1:8080/live/hop/index.m3u8" in capsys.readouterr().out


def test_a_relative_path_is_relative_to_the_operator(
    headend: Headend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "film.mp4").touch()
    monkeypatch.setattr(desk.commands.start, "check_file", lambda _feed, _ffmpeg: None)
    assert run(["start", "hop", "--feed", "film.mp4"]) == 0
    assert headend.declared[0]["feeds"] == (str(tmp_path / "film.mp4"),)


def test_settings_of_the_channel_and_of_single_feeds_are_declared(headend: Headend) -> None:
    assert run([
        "start", "hop", "--feed", "testcard:", "--feed", "testcard:", "--ladder", "tiny", "--cold", "2",
        "--trim", "1=-80", "--trim", "2=40", "--loudness", "off", "--delay", "400", "--track", "vi=Tiếng Việt",
        "--track", "en=English", "--sound", "1=2,1", "--captions", "vi",
    ]) == 0
    said = headend.declared[0]
    assert (said["loudness"], said["delay"]) == ("off", 400)
    assert said["each"] == {"cold": ["2"], "trim": ["1=-80", "2=40"], "sound": ["1=2,1"]}
    assert list(said["tracks"]) == ["vi=Tiếng Việt", "en=English"]
    assert said["captions"] == "vi"


def test_a_window_that_the_disk_has_no_room_for_is_refused_when_it_was_asked_for(
    headend: Headend, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(desk.commands.start, "free_bytes", lambda _data: 10**6)
    words = ["start", "hop", "--feed", "testcard:", "--ladder", "tiny"]
    assert run([*words, "--window", "12h"]) == 2
    assert "a window of 12h takes up to" in capsys.readouterr().err
    assert headend.declared == []
    assert run([*words, "--window", "12h", "--force"]) == 0
    assert headend.declared[0]["window"] == "12h"
    capsys.readouterr()
    assert run(words) == 0
    assert "note: a window of 2h takes up to" in capsys.readouterr().err


def test_a_slate_that_is_no_picture_is_refused_and_another_one_goes_with_its_whole_path(
    headend: Headend, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "slate.png").write_bytes(b"\x89PNG\r\n\x1a\n rubbish")
    words = ["start", "hop", "--feed", "testcard:", "--ladder", "tiny", "--slate", "slate.png"]
    assert run(words) == 2
    assert "slate.png cannot be read" in capsys.readouterr().err
    assert headend.declared == []
    Image.new("RGB", (64, 36)).save(tmp_path / "slate.png")
    assert run(words) == 0
    assert headend.declared[0]["slate"] == str(tmp_path / "slate.png")


def test_a_feed_that_is_not_there_is_told_and_the_slate_is_on_air(
    headend: Headend, capsys: pytest.CaptureFixture[str],
) -> None:
    headend.report |= {"state": "slate", "alarms": ["feed srt://10.0.0.5:9000: nobody answers"]}
    headend.report["worker"] = {"status": {"on_air": "slate", "run": 1, "feeds": [{"why": "nobody answers"}]}}
    assert run(["start", "hop", "--feed", "srt://10.0.0.5:9000"]) == 0
    assert "the slate is on air: feed srt://10.0.0.5:9000: nobody answers" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "sentence"), [
    (["hop!", "--feed", "testcard:"], "cannot be a channel's name"),
    (["hop", "--feed", "testcard:", "--ladder", "tinny"], "tiny"),
    (["hop", "--feed", "testcard:", "--profile", "lwo"], "Did you mean “low”"),
    (["hop", "--feed", "nowhere.mp4"], "nowhere.mp4"),
    (["hop"], "--feed"),
    (["hop", "--feed", "testcard:", "--cold", "2"], "no feed 2"),
    (["hop", "--feed", "testcard:", "--encoder", "qvs"], "Did you mean “qsv”"),
    (["hop", "--feed", "testcard:", "--loudness", "0"], "--loudness"),
    (["hop", "--feed", "testcard:", "--track", "vi"], "--track"),
    (["hop", "--feed", "testcard:", "--sound", "1=1,2"], "the channel has 1 tracks"),
    (["old", "--feed", "testcard:"], "running already"),
])
def test_nonsense_is_refused_before_anything_is_measured(
    headend: Headend, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str],
) -> None:
    headend.running = [{"name": "old", "ladder": "tiny", "remote": False}]
    assert run(["start", *words]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert headend.declared == []


def test_an_encoder_that_this_machine_has_not_is_refused_unless_the_worker_is_elsewhere(
    headend: Headend, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(desk.commands.start, "try_encoder", lambda _kind, **_: "no driver")
    words = ["start", "hop", "--feed", "testcard:", "--ladder", "tiny", "--encoder", "nvenc"]
    assert run(words) == 2
    said = capsys.readouterr().err
    assert "cannot be used: nvenc: no driver. Say --encoder auto or leave it out; --force" in said
    assert headend.declared == []
    assert run([*words, "--force"]) == 0
    assert run([*words, "--remote-worker"]) == 0
    assert run([*words[:-1], "auto"]) == 0
    assert "encoder   x264 (nvenc: no driver; qsv: no driver; vaapi: no driver)" in capsys.readouterr().out
    assert [said["encoder"] for said in headend.declared] == ["nvenc", "nvenc", "auto"]


def test_a_card_carries_what_the_cores_do_not_and_the_lack_is_told(
    headend: Headend, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(desk.commands.start, "try_encoder", lambda kind, **_: "" if kind == "qsv" else "no driver")
    status = {"encoder": "qsv"}
    headend.running = [
        {"name": name, "ladder": "thin", "remote": False, "worker": {"status": status}} for name in ("a", "b")
    ]
    words = ["start", "hop", "--feed", "testcard:", "--ladder", "conference-480"]
    assert run(words) == 2
    assert run([*words, "--encoder", "auto"]) == 0
    told = capsys.readouterr()
    assert "encoder   qsv (nvenc: no driver)" in told.out
    assert "should qsv fail, x264 takes its place, and will not keep up" in told.err


def test_hevc_is_off_unless_it_is_asked_for_and_the_cores_must_carry_it(
    headend: Headend, capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["start", "hop", "--feed", "testcard:", "--ladder"]
    assert run([*words, "conference-480"]) == 0
    assert run([*words, "conference-480", "--hevc"]) == 2
    assert "Take --ladder tiny, which fits" in capsys.readouterr().err
    assert run([*words, "tiny", "--hevc"]) == 0
    assert [said["hevc"] for said in headend.declared] == [False, True]


def test_hevc_without_what_makes_it_is_refused(
    headend: Headend, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    found = FFmpeg(path="/f", version="9", lacks=(), srt=True, hevc=False)
    monkeypatch.setattr("desk.commands.start.find_ffmpeg", lambda _chosen: found)
    assert run(["start", "hop", "--feed", "testcard:", "--ladder", "tiny", "--hevc", "--force"]) == 2
    assert "/f was built without libx265" in capsys.readouterr().err
    assert headend.declared == []


def test_too_few_cores_are_refused_with_the_ladder_that_fits(
    headend: Headend, capsys: pytest.CaptureFixture[str],
) -> None:
    headend.running = [{"name": "old", "ladder": "thin", "remote": False, "worker": {"status": None}}]
    words = ["start", "hop", "--feed", "testcard:", "--ladder", "conference-480"]
    assert run(words) == 2
    assert "Take --ladder tiny, which fits, or insist with --force" in capsys.readouterr().err
    assert headend.declared == []
    assert run([*words, "--force"]) == 0
    assert run([*words, "--remote-worker"]) == 0
    assert [one["remote"] for one in headend.declared] == [False, True]


def test_without_a_headend_the_way_out_is_up(
    headend: Headend, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_self: Any) -> None:
        raise NotRunningError("127.0.0.1:8090")

    monkeypatch.setattr(ApiClient, "channels", fail)
    assert run(["start", "hop", "--feed", "testcard:"]) == 2
    assert "xacast up" in capsys.readouterr().err


def test_who_interrupts_the_wait_is_told_that_the_channel_stays(
    headend: Headend, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(desk.commands.start, "await_channel", interrupted)
    assert run(["start", "hop", "--feed", "testcard:", "--ladder", "tiny"]) == 130
    assert len(headend.declared) == 1
    assert "`xacast stop hop` takes it off" in capsys.readouterr().err


def test_a_file_without_a_picture_is_refused_and_nothing_declared(
    headend: Headend, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "notes.txt").write_text("no film")
    assert run(["start", "hop", "--feed", "notes.txt"]) == 2
    assert "cannot be shown" in capsys.readouterr().err
    assert headend.declared == []


def test_a_listener_that_takes_anybody_is_refused_unless_the_operator_wants_it(
    headend: Headend, capsys: pytest.CaptureFixture[str],
) -> None:
    """T-01."""
    assert run(["start", "hop", "--feed", "srt://:9000", "--ladder", "tiny"]) == 2
    assert "--insecure" in capsys.readouterr().err
    assert headend.declared == []
    assert run(["start", "hop", "--feed", "srt://:9000", "--ladder", "tiny", "--insecure"]) == 0
    assert headend.declared[0]["insecure"] is True


def test_a_publisher_s_key_is_made_and_shown_once(headend: Headend, capsys: pytest.CaptureFixture[str]) -> None:
    """T-02."""
    assert run(["start", "hop", "--feed", "rtmp:", "--slides", "testcard:", "--ladder", "tiny"]) == 0
    key = headend.declared[0]["feeds"][0].rpartition("/")[2]
    assert headend.declared[0]["slides"] == "testcard:"
    assert capsys.readouterr().out.count(key) == 1


def test_a_publisher_s_port_that_somebody_has_is_told_before_a_key_is_made(
    headend: Headend, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("XACAST_RTMP", f"127.0.0.1:{other.getsockname()[1]}")
        assert run(["start", "hop", "--feed", "rtmp:", "--ladder", "tiny"]) == 2
        assert "the RTMP port" in capsys.readouterr().err
        assert headend.declared == []
        # Another channel of ours has the door open: that is who has the port.
        door = {"kind": "rtmp", "shown": "rtmp:///live/…"}
        headend.running = [{"name": "thu", "remote": False, "ladder": "tiny", "feeds": [door],
                            "worker": {"status": None}}]
        assert run(["start", "hop", "--feed", "rtmp:", "--ladder", "tiny"]) == 0
