"""The command line's end asks for all there is."""

from pathlib import Path
from typing import Any

import pytest

from desk.readiness.readiness_client import ReadinessClient
from desk.settings import Settings


def test_an_answer_that_goes_on_is_asked_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = [{"sites": ["a"], "next": "a", "ready": 2}, {"sites": ["b"], "next": None, "ready": 2}]

    def ask(_self: object, _method: str, path: str) -> dict[str, Any]:
        asked.append(path)
        return answers[len(asked) - 1]

    monkeypatch.setattr(ReadinessClient, "_ask", ask)
    found = ReadinessClient(Settings(data=tmp_path)).readiness("p1", region="Hà Nội", state="")
    assert found == {"sites": ["a", "b"], "next": None, "ready": 2}
    assert asked == [
        "/api/v1/programmes/p1/readiness?region=H%C3%A0+N%E1%BB%99i",
        "/api/v1/programmes/p1/readiness?region=H%C3%A0+N%E1%BB%99i&after=a",
    ]
