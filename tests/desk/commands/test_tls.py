"""`xacast tls`."""

import json
from pathlib import Path

import pytest

from desk.cli import run


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    return tmp_path


def test_an_authority_is_made_shown_and_handed_out(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tls", "init", "--name", "hop.example.vn", "--address", "10.0.0.5"]) == 0
    assert 'operators_tls = "local"' in capsys.readouterr().out
    assert run(["tls", "trust"]) == 0
    said = capsys.readouterr()
    assert said.out == (data / "tls" / "ca.pem").read_text("ascii")
    assert "fingerprint" in said.err
    assert "certutil" in said.err
    assert run(["tls", "show", "--json"]) == 0
    found = {one["listener"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["authority"]["ends"] > 0
    assert found["viewers"]["file"] == ""


def test_renewing_gives_other_certificates(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XACAST_VIEWERS_TLS", "local")
    assert run(["tls", "init"]) == 0
    before = (data / "tls" / "viewers.pem").read_bytes()
    assert run(["tls", "renew"]) == 0
    assert (data / "tls" / "viewers.pem").read_bytes() != before
    assert "viewers.pem" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["init", "--name", "a b"], ["renew"], ["trust"], ["renew", "--address", "x"]])
def test_what_cannot_be_is_one_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tls", *words]) == 2
    assert capsys.readouterr().err.startswith("xacast: ")
