"""`xacast ladder`."""

from pathlib import Path

import pytest

import desk.commands.ladder
from desk.cli import run
from desk.costs import Costs
from desk.ffmpeg import FFmpeg
from ingest.probe import ProbeReport
from transcode.presets import ladder_names


def test_every_ladder_is_listed_with_its_renditions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(ladder_names())
    tiny = next(line for line in lines if line.startswith("tiny"))
    assert "426x240@25" in tiny
    assert "426x240 (250), sound (48)" in tiny


def test_one_ladder_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "show", "tiny"]) == 0
    first, _, rung = capsys.readouterr().out.splitlines()
    assert first == "tiny: canvas 426x240 at 25 pictures/s"
    assert rung.split() == ["v240", "426x240", "250", "48", "250", "28", "ultrafast", "1", "1"]


def test_hevc_is_shown_behind_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "show", "tiny", "--hevc"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[2:]] == ["v240", "v240-hevc"]


def test_an_unknown_ladder_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "show", "tinny"]) == 2
    assert "Did you mean tiny?" in capsys.readouterr().err


def cost_of(_self: Costs, name: str, *, hevc: bool = False) -> float:
    return (2.5 if name == "conference-1080" else 0.8) * (3 if hevc else 1)


@pytest.fixture
def picture(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[ProbeReport]:
    """What the feed brings, over stand-ins for the probe and for the trial."""
    report = ProbeReport(received="h264 854x480 25 fps", ok=True, why="", streams=("h264 854x480 25 fps",))
    reports = [report]
    found = FFmpeg(path="/f", version="9", lacks=(), srt=True, hevc=True)
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    monkeypatch.setattr(desk.commands.ladder, "find_ffmpeg", lambda _chosen: found)
    monkeypatch.setattr(desk.commands.ladder, "probe", lambda _feed, _means: reports[-1])
    monkeypatch.setattr(desk.commands.ladder, "cores", lambda: 2)
    monkeypatch.setattr(Costs, "of", cost_of)
    return reports


@pytest.mark.usefixtures("picture")
def test_a_small_picture_is_said_to_be_enlarged_and_a_ladder_proposed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "check", "testcard:"]) == 0
    said = capsys.readouterr().out
    assert "takes 0.80 of 2 cores: this machine can carry it" in said
    assert "smaller than v720" in said
    assert "--ladder conference-480 suits better" in said


@pytest.mark.usefixtures("picture")
def test_what_suits_needs_no_advice(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "check", "testcard:", "--ladder", "conference-480"]) == 0
    assert "suits better" not in capsys.readouterr().out


@pytest.mark.usefixtures("picture")
def test_what_the_machine_cannot_carry_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "check", "testcard:", "--ladder", "conference-1080"]) == 2
    assert "cannot carry it" in capsys.readouterr().out


@pytest.mark.usefixtures("picture")
def test_what_the_machine_can_carry_may_be_too_much_with_hevc(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "check", "testcard:", "--ladder", "conference-480", "--hevc"]) == 2
    assert "ladder conference-480 with HEVC takes 2.40 of 2 cores" in capsys.readouterr().out


def test_a_feed_without_a_picture_is_status_2(
    picture: list[ProbeReport], capsys: pytest.CaptureFixture[str],
) -> None:
    picture.append(ProbeReport(received="", ok=False, why="there is no video in it", streams=()))
    assert run(["ladder", "check", "testcard:"]) == 2
    assert "cannot take it: there is no video in it" in capsys.readouterr().out
