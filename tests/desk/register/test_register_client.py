"""What the command line asks, as the control API's addresses."""

from pathlib import Path
from typing import Any

import pytest

from desk.register.register_client import RegisterClient
from desk.settings import Settings


def test_names_are_parts_of_an_address_and_never_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def ask(_self: object, method: str, path: str, _words: object = None) -> dict[str, Any]:
        asked.append((method, path))
        return {}

    monkeypatch.setattr(RegisterClient, "_ask", ask)
    client = RegisterClient(Settings(data=tmp_path))
    client.region("Hà Nội/../x")
    client.sites(search="a&b", limit=5)
    client.retire_site("s1?", {})
    assert asked == [
        ("GET", "/api/v1/regions/H%C3%A0%20N%E1%BB%99i%2F..%2Fx"), ("GET", "/api/v1/sites?search=a%26b&limit=5"),
        ("POST", "/api/v1/sites/s1%3F/retire"),
    ]
