"""`xacast layout` and `caption`, over a stand-in for the headend."""

from typing import Any

import pytest

from desk.api_client import ApiClient
from desk.cli import run


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    given: list[tuple[str, dict[str, Any]]] = []
    def order(_self: ApiClient, name: str, words: dict[str, Any]) -> dict[str, Any]:
        given.append((name, words))
        return {"tick": 0, **({"cut": words["text"][20:]} if words.get("text", "")[20:] else {})}

    monkeypatch.setattr(ApiClient, "order", order)
    return given


def test_a_layout_is_ordered_by_its_word(orders: list[tuple[str, dict[str, Any]]]) -> None:
    assert run(["layout", "hop", "pip", "--why", "số liệu"]) == 0
    name, words = orders[0]
    assert (name, words["do"], words["layout"]) == ("hop", "layout", "pip")
    assert words["who"]
    assert words["why"] == "số liệu"


def test_a_wrong_layout_gets_the_nearest(
    orders: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["layout", "hop", "pi"]) == 2
    assert "Did you mean “pip”?" in capsys.readouterr().err
    assert orders == []


def test_a_line_of_text_is_set_and_taken_away(
    orders: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["caption", "hop", "Giải lao 15 phút"]) == 0
    assert run(["caption", "hop", "--why", "xong"]) == 0
    assert [(words["text"], words["why"]) for _, words in orders] == [("Giải lao 15 phút", ""), ("", "xong")]
    assert "no text" in capsys.readouterr().out


@pytest.mark.usefixtures("orders")
def test_what_a_small_picture_has_no_room_for_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["caption", "hop", "Hội nghị bắt đầu lúc 8 giờ"]) == 0
    told = capsys.readouterr()
    assert "shows “Hội nghị bắt đầu lúc” over" in told.out
    assert "too small for “ 8 giờ”" in told.err
