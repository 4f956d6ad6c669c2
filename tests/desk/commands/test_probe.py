"""`xacast probe`, over a stand-in for the probe itself."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

import desk.commands.probe
from desk.cli import run
from desk.ffmpeg import FFmpeg
from ingest.probe import ProbedSound


@dataclass
class Report:
    """What a probe tells."""

    received: str
    ok: bool
    why: str
    sounds: tuple[ProbedSound, ...] = (
        ProbedSound(number=1, received="aac", language="vie"), ProbedSound(number=2, received="mp2", language=""),
    )
    captions: tuple[str, ...] = ("608 CC1",)

    def to_json(self) -> dict[str, Any]:
        return {"ok": self.ok, "why": self.why}


@pytest.fixture(params=[True, False])
def ok(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    report = Report("h264 1280x720 25 fps", request.param, "" if request.param else "there is no video in it")
    found = FFmpeg(path="/f", version="9", lacks=(), srt=True)
    monkeypatch.setattr(desk.commands.probe, "find_ffmpeg", lambda _chosen: found)
    monkeypatch.setattr(desk.commands.probe, "probe_feed", lambda _feed, _means: report)
    return bool(request.param)


def test_the_status_says_whether_it_can_be_taken(ok: bool, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["probe", "testcard:"]) == (0 if ok else 2)
    said = capsys.readouterr().out
    assert ("sounds: 1: aac (vie), 2: mp2\n" in said) is ok
    assert ("xacast can take it" if ok else "cannot take it: there is no video in it") in said


def test_programs_get_json(ok: bool, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["probe", "testcard:", "--json"]) == (0 if ok else 2)
    assert json.loads(capsys.readouterr().out)["ok"] is ok


def test_a_wrong_address_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["probe", "srtt://a:1"]) == 2
    assert "srt" in capsys.readouterr().err
