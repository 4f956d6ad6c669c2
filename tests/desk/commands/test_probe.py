"""`xacast probe`, over a stand-in for the probe itself."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

import desk.commands.probe
from desk.api_client import ApiClient
from desk.cli import run
from desk.errors import NotRunningError
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


def nobody(_client: ApiClient, _feed: str) -> dict[str, Any]:
    address = "127.0.0.1:8090"
    raise NotRunningError(address)


@pytest.fixture(params=[True, False])
def ok(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    report = Report("h264 1280x720 25 fps", request.param, "" if request.param else "there is no video in it")
    found = FFmpeg(path="/f", version="9", lacks=(), srt=True, hevc=True)
    monkeypatch.setattr(ApiClient, "rival", nobody)
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


def test_what_fails_because_a_channel_has_its_port_names_the_channel(
    ok: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    said = {"rival": "channel hop has its port of this machine already, for srt://:9000", "channel": "hop"}
    asked: list[str] = []
    monkeypatch.setattr(ApiClient, "rival", lambda _client, feed: asked.append(feed) or said)
    assert run(["probe", "udp://10.0.0.9:9000"]) == (0 if ok else 2)
    words = f"in it; {said['rival']}: `xacast status hop` says what comes, `xacast stop hop` frees it\n"
    assert (words in capsys.readouterr().out) is not ok
    assert asked == ([] if ok else ["udp://10.0.0.9:9000"])


def test_a_wrong_address_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["probe", "srtt://a:1"]) == 2
    assert "srt" in capsys.readouterr().err
