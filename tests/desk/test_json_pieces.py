"""Pieces come to the same as the whole."""

import json

import pytest

from desk import json_pieces
from desk.json_pieces import json_pieces as encoded

WORDS = {"sites": [{"id": "s1", "name": "Xã “Ba”"}, {}], "count": 2, "next": None, "": {"a": (1, [2]), "b": "…"}}


def test_pieces_are_what_the_whole_would_be() -> None:
    for words in (WORDS, {}, {"sites": []}):
        assert encoded(words) == json.dumps(words)


def test_nothing_long_is_encoded_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []

    def measured(value: object) -> str:
        text = json.dumps(value)
        lengths.append(len(text))
        return text

    monkeypatch.setattr(json_pieces, "json", type("Json", (), {"dumps": staticmethod(measured)}))
    encoded({"sites": [{"id": f"s{at}"} for at in range(1_000)], "by": {f"s{at}": at for at in range(1_000)}})
    assert max(lengths) < 20
