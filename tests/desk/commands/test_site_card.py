"""`xacast site card`, over a stand-in for the headend."""

from pathlib import Path
from typing import Any

import pytest

from desk.cli import run
from desk.register.register_client import RegisterClient
from tests.desk.commands.test_site import SITE

OTHER = SITE | {"id": "s9", "name": "Nhà văn hóa"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, Any]]:
    found: list[tuple[str, str, Any]] = []

    def ask(_self: object, method: str, path: str, words: Any = None) -> dict[str, Any]:
        found.append((method, path, words))
        if path == "/api/v1/links":
            if method == "GET":
                return {"sites": 2, "links": [{"site": "s9", "link": True, "void_until": None}]}
            return {"links": {name: f"http://127.0.0.1:8080/t/token-of-{name}/" for name in words["sites"]}}
        if path.startswith("/api/v1/sites?"):
            return {"sites": [SITE, OTHER], "count": 2, "next": None}
        return SITE | ({"retired": "2026-11-22T01:00:00.000Z"} if path.endswith("s7") else {})

    monkeypatch.setattr(RegisterClient, "_ask", ask)
    return found


def test_a_card_is_a_file_for_its_owner_alone(tmp_path: Path, asked: list[tuple[str, str, Any]]) -> None:
    """T-11: the link is in the file and nowhere else."""
    out = tmp_path / "card.html"
    out.touch(mode=0o644)
    words = ["--address", "http://hop.example.vn/", "--channel", "hop", "--call", "024 3333"]
    assert run(["site", "card", "s00004", "--out", str(out), *words]) == 0
    page = out.read_text("utf-8")
    assert "http://hop.example.vn/t/token-of-s00004/live/hop/ts.m3u8" in page.replace("<wbr>", "")
    assert "127.0.0.1" not in page
    assert out.stat().st_mode & 0o777 == 0o600
    assert asked[-1][2]["sites"] == ["s00004"]


def test_a_link_that_would_end_is_told_before(
    tmp_path: Path, asked: list[tuple[str, str, Any]], capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "cards.html"
    assert run(["site", "card", "--all", "--out", str(out)]) == 2
    assert "s9 have links already" in capsys.readouterr().err
    assert not out.exists()
    assert run(["site", "card", "--province", "Hà Nội", "--out", str(out), "--renew"]) == 0
    assert out.read_text("utf-8").count("<section>") == 2
    assert "2 cards in" in capsys.readouterr().out


@pytest.mark.parametrize("words", [
    [], ["s1", "--all"], ["s7"], ["s1", "--address", "hop.example.vn"], ["s1", "--channel", "../x"],
])
def test_what_makes_no_sense_makes_no_link(
    tmp_path: Path, asked: list[tuple[str, str, Any]], words: list[str],
) -> None:
    assert run(["site", "card", *words, "--out", str(tmp_path / "card.html")]) == 2
    assert "POST" not in [method for method, _, _ in asked]


def test_a_file_that_cannot_be_written_makes_no_link(tmp_path: Path, asked: list[tuple[str, str, Any]]) -> None:
    assert run(["site", "card", "s00004", "--out", str(tmp_path / "none" / "card.html")]) == 2
    assert "POST" not in [method for method, _, _ in asked]
