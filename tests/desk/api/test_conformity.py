"""What the control API answers is what its document says: each call at least once, over a real headend."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.tls.authority import machine_key_pair
from tests.desk.api.conformity import Conformity
from tests.desk.api.running import RunningDesk

ELSEWHERE = {
    ("GET", "/api/v1/events/stream"), ("POST", "/api/v1/regions/load"),
    ("POST", "/api/v1/confirmations/{number}"),  # tests/desk/people/test_second_guard.py
}
PUBLIC = machine_key_pair()[1].decode()
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
PASSWORD = "con mèo xanh ăn cỏ"
HOP = "/api/v1/channels/hop"
MEETING = {"channel": "hop", "title": "Giao ban", "audience": "national"}
CALLS: list[tuple[str, str, object, int]] = [
    ("GET", "/healthz", None, 200),
    ("GET", "/metrics", None, 200),
    ("GET", "/api/v1/openapi.json", None, 200),
    ("GET", "/api/v1/session", None, 200),
    # Channels
    ("POST", "/api/v1/channels", {
        "name": "hop", "feeds": ["testcard:", "srt://:9105"], "ladder": "tiny", "insecure": True,
    }, 201),
    ("POST", "/api/v1/channels", {"name": "hop", "feeds": ["testcard:"], "ladder": "tiny"}, 409),
    ("POST", "/api/v1/channels", {"name": "doi", "feeds": ["testcard:"], "ladder": "tiny", "workers": 2}, 201),
    ("GET", "/api/v1/channels", None, 200),
    ("GET", HOP, None, 200),
    ("PATCH", HOP, {"delay": 900, "why": "mic"}, 200),
    ("PATCH", HOP, {"dely": 900}, 400),
    ("POST", f"{HOP}/commands", {"do": "cut"}, 200),
    ("POST", f"{HOP}/commands", {"do": "take", "feed": 9}, 409),
    ("POST", "/api/v1/channels/doi/commands", {"do": "cut"}, 503),
    ("POST", f"{HOP}/marks", {"text": "Khai mạc", "duration": None}, 201),
    ("GET", f"{HOP}/marks", None, 200),
    ("POST", f"{HOP}/marks", {"end": "mark-1"}, 404),
    ("POST", "/api/v1/rivals", {"feed": "srt://:9105"}, 200),
    ("POST", "/api/v1/rtmp/unban", {}, 200),
    ("POST", "/api/v1/rtmp/unban", {"address": "10.0.0.9"}, 409),
    ("POST", "/api/v1/rtmp/unban", ["10.0.0.9"], 400),
    ("GET", "/api/v1/channels/none", None, 404),
    # The register
    ("GET", "/api/v1/regions", None, 200),
    ("GET", "/api/v1/regions?search=ha+noi", None, 200),
    ("GET", "/api/v1/regions/01", None, 200),
    ("GET", "/api/v1/regions/never", None, 404),
    ("POST", "/api/v1/regions/load", {"division": "official"}, 409),
    ("POST", "/api/v1/sites", {"name": "Hội trường", "region": "19", "labels": ["ubnd"]}, 201),
    ("GET", "/api/v1/sites?region=01&limit=1", None, 200),
    ("GET", "/api/v1/sites?limit=none", None, 400),
    ("GET", "/api/v1/sites/s00004", None, 200),
    ("PATCH", "/api/v1/sites/s00004", {"line_kbps": 4_000, "contact": "Lan"}, 200),
    ("POST", "/api/v1/sites/s00004-2/retire", {"why": "moved"}, 200),
    ("POST", "/api/v1/sites/s00004/merge", {"sites": ["s00004-2"]}, 200),
    ("POST", "/api/v1/sites/s00004/merge", {"sites": ["s00004"]}, 409),
    # Links
    ("POST", "/api/v1/links", {"sites": ["s19"]}, 201),
    ("POST", "/api/v1/links/revoke", {"sites": ["s19"]}, 200),
    ("GET", "/api/v1/links", None, 200),
    ("POST", "/api/v1/links/code", {"sites": ["s19"]}, 201),
    ("POST", "/api/v1/links/limit", {"sites": ["s19"], "devices": 12}, 200),
    ("POST", "/api/v1/links/limit", {"sites": ["s19"], "devices": "many"}, 400),
    ("PUT", "/api/v1/regions/01/networks", {"networks": ["10.20.0.0/16"]}, 200),
    ("PUT", "/api/v1/regions/01/networks", {"networks": ["10.20.0.1/16"]}, 400),
    ("GET", "/api/v1/regions/01/networks", None, 200),
    ("GET", "/api/v1/regions/never/networks", None, 404),
    # Programmes
    ("POST", "/api/v1/programmes", {**MEETING, "start": f"{TOMORROW}T08:00", "lasting_s": 3_600}, 201),
    ("POST", "/api/v1/programmes", {**MEETING, "start": f"{TOMORROW}T08:30", "lasting_s": 3_600}, 409),
    ("POST", "/api/v1/programmes", {
        **MEETING, "start": f"{TOMORROW}T14:00", "end": f"{TOMORROW}T15:00", "every": "week", "count": 3,
    }, 201),
    ("GET", "/api/v1/programmes", None, 200),
    ("GET", "/api/v1/programmes/p1", None, 200),
    ("GET", "/api/v1/programmes/p9", None, 404),
    ("PATCH", "/api/v1/programmes/p1", {"title_en": "Briefing"}, 200),
    ("POST", "/api/v1/programmes/p2/cancel", {"series": True}, 200),
    ("POST", f"{HOP}/programme/stop", {}, 409),
    ("POST", f"{HOP}/programme/start", {"title": "Họp gấp"}, 200),
    ("GET", f"{HOP}/timetable", None, 200),
    ("POST", f"{HOP}/programme/extend", {"by_s": 600}, 200),
    ("POST", f"{HOP}/programme/stop", None, 200),
    # Machines
    ("POST", "/api/v1/machines", {"name": "studio-2", "why": "new"}, 201),
    ("POST", "/api/v1/machines", {"name": "edge-1", "kind": "edge", "public_key": PUBLIC}, 201),
    ("POST", "/api/v1/machines", {"name": "edge-2", "kind": "edge", "public_key": "none"}, 400),
    ("POST", "/api/v1/machines/edge-1/certificate", {"public_key": PUBLIC}, 201),
    ("POST", "/api/v1/machines/none/certificate", {"public_key": PUBLIC}, 404),
    ("GET", "/api/v1/machines", None, 200),
    ("POST", "/api/v1/machines/edge-1/revoke", {"why": "stolen"}, 200),
    ("POST", "/api/v1/machines/edge-1/revoke", {}, 404),
    # Who sits at the desk
    ("POST", "/api/v1/accounts", {"name": "mai", "role": "operator", "region": "Hà Nội"}, 201),
    ("POST", "/api/v1/accounts", {"name": "lan", "role": "administrator", "password": PASSWORD}, 201),
    ("POST", "/api/v1/accounts", {"name": "lan", "password": PASSWORD}, 409),
    ("GET", "/api/v1/accounts", None, 200),
    ("GET", "/api/v1/accounts/mai", None, 200),
    ("PATCH", "/api/v1/accounts/mai", {"role": "viewer"}, 200),
    ("POST", "/api/v1/accounts/mai/password", {}, 200),
    ("POST", "/api/v1/accounts/mai/unlock", None, 200),
    ("POST", "/api/v1/session", {"name": "lan", "password": "wrong"}, 401),
    ("GET", "/api/v1/confirmations", None, 200),
    ("POST", "/api/v1/confirmations/1", {"why": "agreed"}, 404),
    ("POST", "/api/v1/settings/reload", {"why": "log"}, 200),
    ("GET", "/api/v1/audit?at=0", None, 200),
    ("GET", "/api/v1/events?after=0", None, 200),
    ("DELETE", HOP, {"who": "lan"}, 200),
    ("DELETE", HOP, None, 404),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    with RunningDesk(tmp_path_factory.mktemp("data")) as running:
        yield running
    assert running.complaints.heard == []


@pytest.fixture(scope="module")
def judge() -> Conformity:
    return Conformity()


def test_each_call_is_answered_as_the_document_says(desk: RunningDesk, judge: Conformity) -> None:
    """T-28."""
    def ask(method: str, path: str, words: object, wanted: int, headers: dict[str, str] | None = None) -> Any:
        status, given, body = desk.ask(method, path, words, headers)
        assert status == wanted, f"{method} {path}: {status} {body!r}"
        assert judge.faults(method, path, status, given, body) == []
        return json.loads(body) if given["Content-Type"].startswith("application/json") else body

    for method, path, words, wanted in CALLS:
        ask(method, path, words, wanted)
        if words and wanted == 201 and path == "/api/v1/channels":
            desk.man("hop")
    mark = ask("POST", "/api/v1/channels/doi/marks", {"text": "Khai mạc", "duration": None}, 201)
    ask("POST", "/api/v1/channels/doi/marks", {"end": mark["id"]}, 200)
    token = ask("POST", "/api/v1/session", {"name": "lan", "password": PASSWORD}, 201)["token"]
    mine = {"Authorization": f"Bearer {token}"}
    ask("POST", "/api/v1/session/password", {"old": PASSWORD, "new": f"{PASSWORD} non"}, 200, mine)
    ask("DELETE", "/api/v1/session", None, 200, mine)
    ask("GET", "/api/v1/session", None, 401, mine)
    lines = ask(
        "POST", "/api/v1/sites/import?dry=1", "name,region\nHội trường,01\n,01\n".encode(), 200,
        {**desk.headers, "Content-Type": "application/octet-stream"},
    ).splitlines()
    assert [judge.faults_in(json.loads(line), "ImportLine") for line in lines] == [[]] * len(lines)
    assert "result" in json.loads(lines[-1])
    ask(
        "POST", "/api/v1/regions/import?dry=1&levels=a,b", "code,above,name\nvn,,Việt Nam\nx,no,x\n".encode(), 200,
        {**desk.headers, "Content-Type": "application/octet-stream"},
    )
    documents = "/api/v1/programmes/p1/documents"
    document = ask(
        "POST", f"{documents}?title=B", b"%PDF-1.7", 201,
        {**desk.headers, "Content-Type": "application/octet-stream"},
    )
    assert ask("GET", documents, None, 200)["documents"] == [document]
    ask("DELETE", f"{documents}/{document['number']}", None, 200)
    assert ask("GET", "/api/v1/programmes/p1/readiness?limit=1", None, 200)["silent"] > 0
    done = {(method, path) for method, path, status in judge.seen if status < 300}
    assert {
        (method.upper(), path) for path, methods in judge.document["paths"].items() for method in methods
    } - done == ELSEWHERE


def test_units_are_loaded_into_an_empty_register(tmp_path: Path, judge: Conformity) -> None:
    with RunningDesk(tmp_path, filled=False) as desk:
        status, headers, body = desk.ask("POST", "/api/v1/regions/load", {"division": "official"})
    assert (status, json.loads(body)["removed"]) == (200, 0)
    assert judge.faults("POST", "/api/v1/regions/load", status, headers, body) == []


@pytest.mark.parametrize(("method", "path", "words", "headers", "status"), [
    ("GET", "/api/v1/channels", None, {}, 401),
    ("GET", "/api/v1/channels", None, {"Origin": "http://evil.example"}, 403),
    ("POST", "/api/v1/links", b"sites=s19", {"Content-Type": "text/plain"}, 415),
    ("POST", "/api/v1/links", b" " * 70_000, {}, 413),
    ("POST", "/api/v1/links", b"{", {}, 400),
])
def test_refusals_of_the_guards_are_documented_too(
    desk: RunningDesk, judge: Conformity, method: str, path: str, words: object, headers: dict[str, str],
    status: int,
) -> None:
    """T-26, T-30."""
    mine = headers if status in {401, 403} else {**desk.headers, **headers}
    said, given, body = desk.ask(method, path, words, mine)
    assert (said, judge.faults(method, path, said, given, body)) == (status, [])


def test_what_is_not_there_is_refused_in_the_same_words(desk: RunningDesk, judge: Conformity) -> None:
    """T-26."""
    for method, path, wanted in (("GET", "/api/v2", 404), ("PUT", "/api/v1/sites", 405)):
        status, _headers, body = desk.ask(method, path)
        assert (status, judge.faults_in(json.loads(body), "Refusal")) == (wanted, [])


def test_a_judge_that_finds_nothing_would_be_none(judge: Conformity) -> None:
    kind = {"Content-Type": "application/json; charset=utf-8"}
    assert judge.faults("GET", "/api/v1/nowhere", 200, kind, b"{}") == ["GET /api/v1/nowhere is not documented"]
    assert "418 is not documented" in judge.faults("GET", "/api/v1/sites", 418, kind, b"{}")[0]
    assert "as text/html" in judge.faults("GET", "/api/v1/sites", 200, {"Content-Type": "text/html"}, b"")[0]
    site = b'{"sites": [], "count": -1, "next": null, "more": 1}'
    assert len(judge.faults("GET", "/api/v1/sites", 200, kind, site)) == 2
