"""`xacast machine`, over a stand-in for the headend; what is carried over is real."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from desk.api_client import ApiClient
from desk.cli import run
from desk.errors import RefusedError
from desk.machines.credential import FILE, Credential
from desk.machines.edge_folder import CA, CERTIFICATE, KEY, NGINX
from flow.errors import OperatorError
from tests.desk.commands.stand_in import StandIn, standing_in

EDGE = {
    "name": "edge-1", "certificate": "-----BEGIN CERTIFICATE-----\n", "ca": "-----BEGIN CERTIFICATE-----\n",
    "ends": 1_800_000_000, "server": "hop.example.vn", "address": "https://10.0.0.5:8070",
}


@pytest.fixture
def headend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> StandIn:
    monkeypatch.chdir(tmp_path)
    return standing_in(ApiClient, {"name": "studio-2", "key": "K" * 43, "ca": ""}, monkeypatch)


def test_a_worker_is_added_carried_over_and_revoked(
    headend: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    """T-11, T-24: its key is in two files of their owners' alone, and on no terminal."""
    assert run(["machine", "add", "studio-2", "--why", "new"]) == 0
    file, there = tmp_path / "studio-2.machine.json", tmp_path / "there"
    monkeypatch.setenv("XACAST_DATA", str(there))
    assert run(["machine", "join", str(file)]) == 0
    carried = Credential.read(there / FILE)
    assert (carried.name, carried.key) == ("studio-2", "K" * 43)
    assert {path.stat().st_mode & 0o777 for path in (file, there / FILE)} == {0o600}
    assert run(["machine", "revoke", "studio-2", "--why", "stolen"]) == 0
    sent = [words for _method, _path, words in headend.asked]
    assert [(one["why"], bool(one["who"])) for one in sent] == [("new", True), ("stolen", True)]
    assert headend.asked[1][1] == "/api/v1/machines/studio-2/revoke"
    assert "K" * 43 not in "".join(capsys.readouterr()) + repr(carried)


def test_two_headends_know_a_worker_by_one_key(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    known = ["--with", "studio-2.machine.json"]
    assert run(["machine", "add", "studio-2"]) == 0
    assert run(["machine", "add", "studio-2", *known]) == 0
    assert [words.get("key", "") for _method, _path, words in headend.asked] == ["", "K" * 43]
    assert run(["machine", "add", "studio-3", *known]) == 2
    assert "credential of studio-2" in capsys.readouterr().err
    assert run(["machine", "add", "studio-2"]) == 2
    assert "there already" in capsys.readouterr().err
    assert len(headend.asked) == 2


def test_an_edge_gets_a_folder_and_its_directives_and_its_key_goes_nowhere(
    headend: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    """T-11: made where the command runs; a desk elsewhere hears the public half alone."""
    headend.usual = EDGE
    assert run(["machine", "add", "edge-1", "--kind", "edge"]) == 0
    said = capsys.readouterr()
    assert "proxy_ssl_name                hop.example.vn;" in said.out
    assert "proxy_pass                    https://10.0.0.5:8070;" in said.out
    folder = tmp_path / "edge-1"
    assert {path.name for path in folder.iterdir()} == {CERTIFICATE, KEY, CA, NGINX}
    first = (folder / KEY).read_text()
    assert "PRIVATE KEY" in first
    assert run(["machine", "add", "edge-1", "--kind", "edge"]) == 2
    assert run(["machine", "renew", "edge-1"]) == 0
    assert (folder / KEY).read_text() != first
    (_, _, added), (_, path, renewed) = headend.asked
    assert path == "/api/v1/machines/edge-1/certificate"
    for words in (added, renewed):
        assert words["public_key"].startswith("-----BEGIN PUBLIC KEY-----")
        assert "PRIVATE" not in str(words) + said.out + said.err
    assert run(["machine", "add", "edge-2", "--kind", "edge", "--with", str(folder / KEY)]) == 2


def test_of_an_edge_that_was_refused_nothing_is_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    def refused(_client: ApiClient, *_words: Any) -> dict[str, Any]:
        raise RefusedError(409, "the machines' listener asks for none", "Set machines_tls")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ApiClient, "_ask", refused)
    assert run(["machine", "add", "edge-1", "--kind", "edge"]) == 2
    assert "asks for none" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_who_may_come_is_listed_with_whose_certificate_ends(
    headend: StandIn, capsys: pytest.CaptureFixture[str],
) -> None:
    soon = int(time.time()) + 3 * 86_400 + 60
    machines = [
        {"name": "edge-1", "kind": "edge", "made": 1, "revoked": 0, "ends": soon},
        {"name": "edge-2", "kind": "edge", "made": 1, "revoked": 2, "ends": soon},
        {"name": "studio-2", "kind": "worker", "made": 1, "revoked": 0, "ends": 0},
    ]
    headend.usual = {"machines": machines}
    assert run(["machine", "list"]) == 0
    said = capsys.readouterr()
    assert [line.split()[0] for line in said.out.splitlines()] == ["MACHINE", "edge-1", "edge-2", "studio-2"]
    assert said.err == "the certificate of edge-1 ends in 3 days: `xacast machine renew edge-1`\n"
    assert run(["machine", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == machines


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"name": "a"}'])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x").write_text(text)
    with pytest.raises(OperatorError, match="no credential"):
        Credential.read(tmp_path / "x")
