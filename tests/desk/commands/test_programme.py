"""`xacast programme`, over a stand-in for the headend."""

from typing import NoReturn

import pytest

from desk.cli import run
from desk.errors import RefusedError
from desk.programmes.audience_words import PRESETS, audience_from
from desk.programmes.programme_client import ProgrammeClient
from desk.programmes.programme_words import shown
from tests.desk.commands.stand_in import StandIn, standing_in
from tests.desk.programmes.some import a_programme

ONE = shown(a_programme("p1", title="Giao ban"), state="planned", sites=0) | {"audience": ["all"], "but": []}
SERIES = {"programmes": [ONE | {"every": "week on tue"}, ONE | {"id": "p2"}]}


@pytest.fixture
def headend(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return standing_in(ProgrammeClient, ONE, monkeypatch)


def test_a_programme_is_added_with_what_was_said(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    headend.answers = [{"programmes": [ONE]}, {}, SERIES]
    add = ["programme", "add", "hop", "Giao ban", "--start", "08:00", "--for", "90min", "--rehearsal", "5min"]
    assert run([*add, "--invite", "region:01", "--invite", "label:x", "--exclude", "site:s1", "--no-record"]) == 0
    said = capsys.readouterr().out
    assert "added: p1 “Giao ban”, hop, 2026-11-24 08:00+07:00 to 09:00, 0 sites" in said
    assert "no site of the register is in its audience yet" in said
    words = headend.asked[0][2]
    assert words.pop("who")
    assert words == {
        "channel": "hop", "title": "Giao ban", "start": "08:00", "lasting_s": 5_400, "rehearsal_s": 300, "why": "",
        "invite": ["region:01", "label:x"], "exclude": ["site:s1"], "recording": False, "except": [],
    }
    assert run([*add, "--audience", "national", "--every", "week", "--count", "2"]) == 0
    assert "p1 to p2 added, week on tue" in capsys.readouterr().out
    assert run([*add, "--for", "soon"]) == 2


def test_one_on_a_channel_that_is_not_there_is_said(
    headend: StandIn, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that was typed wrong is seen when the meeting is planned, not when nothing comes on air."""
    def none(_self: ProgrammeClient, _name: str) -> NoReturn:
        raise RefusedError(404, "there is no channel", "see status")

    headend.answers = [{"programmes": [ONE]}]
    monkeypatch.setattr(ProgrammeClient, "channel", none)
    assert run(["programme", "add", "hopp", "Giao ban", "--start", "08:00", "--for", "90min"]) == 0
    told = capsys.readouterr()
    assert "added: p1" in told.out
    assert "no channel hopp runs" in told.err
    assert "`xacast programme cancel p1`" in told.err


def test_changes_and_deeds_go_to_their_addresses(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    headend.answers = [ONE, SERIES]
    assert run(["programme", "change", "p1", "--title", "Khác", "--end", "10:00"]) == 0
    assert run(["programme", "cancel", "p1", "--series", "--why", "bão"]) == 0
    assert "cancelled, and 1 after it: p1" in capsys.readouterr().out
    assert run(["programme", "start", "hop", "--title", "Khẩn", "--audience", "national"]) == 0
    assert run(["programme", "start", "hop", "--programme", "p1"]) == 0
    assert run(["programme", "stop", "hop"]) == 0
    assert run(["programme", "extend", "hop", "--by", "15min"]) == 0
    for _method, _path, words in headend.asked:
        assert words.pop("who")
    assert headend.asked == [
        ("PATCH", "/api/v1/programmes/p1", {"title": "Khác", "end": "10:00", "why": ""}),
        ("POST", "/api/v1/programmes/p1/cancel", {"series": True, "why": "bão"}),
        ("POST", "/api/v1/channels/hop/programme/start", {"title": "Khẩn", "audience": "national", "why": ""}),
        ("POST", "/api/v1/channels/hop/programme/start", {"programme": "p1", "why": ""}),
        ("POST", "/api/v1/channels/hop/programme/stop", {"why": ""}),
        ("POST", "/api/v1/channels/hop/programme/extend", {"by_s": 900, "why": ""}),
    ]
    assert run(["programme", "change", "p1"]) == 2


def test_what_help_says_of_audiences_is_so() -> None:
    whom = ("region:x", "label:x", "site:x", "leaders", "ministries", "localities", "all")
    for preset in PRESETS:
        assert audience_from(preset, whom, ())
