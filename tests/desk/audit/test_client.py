"""The command line's end of the audit."""

from pathlib import Path
from typing import Any

import pytest

from desk.audit.chain import Head, linked
from desk.audit.client import AuditClient
from desk.settings import Settings


def test_pages_are_put_together_until_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head, line = linked(Head(), {})
    pages = {"0": (["a", "b"], 9), "9": (["c"], 12), "12": ([], 12), "-1": ([line], 12)}

    def ask(_self: Any, _method: str, path: str) -> dict[str, Any]:
        lines, after = pages[path.rpartition("=")[2]]
        return {"lines": lines, "next": after, "head": str(head)}

    monkeypatch.setattr(AuditClient, "_ask", ask)
    client = AuditClient(Settings(data=tmp_path))
    assert list(client.lines()) == ["a", "b", "c"]
    assert client.newest() == [line]
    assert client.head() == head
    monkeypatch.setattr(AuditClient, "_ask", lambda *_words: {"lines": [], "next": 0, "head": ""})
    assert client.head() is None
