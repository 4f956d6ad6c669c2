"""The command line's end of the schedule asks at the addresses of the routes."""

from pathlib import Path
from typing import Any

import pytest

from desk.database.door import DatabaseDoor
from desk.programmes.programme_client import ProgrammeClient
from desk.programmes.programme_routes import ProgrammeRoutes
from desk.settings import Settings
from tests.desk.programmes.filled import HERE
from tests.recorded.clock import SteppedClock


def test_every_call_meets_a_route(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def ask(_self: object, method: str, path: str, *_words: object) -> dict[str, Any]:
        asked.append((method, path.partition("?")[0]))
        return {}

    async def nothing() -> None:
        pass

    monkeypatch.setattr(ProgrammeClient, "_ask", ask)
    client = ProgrammeClient(Settings(data=tmp_path))
    client.programmes(channel="hop")
    client.programme("{programme}")
    client.add_programme({})
    client.change_programme("{programme}", {})
    client.cancel_programme("{programme}", {})
    client.timetable("{name}")
    for deed in ("start", "stop", "extend"):
        client.on_air("{name}", deed, {})
    door = DatabaseDoor(f"sqlite:///{tmp_path / 'register.db'}")
    routes = ProgrammeRoutes(door, SteppedClock(), HERE, nothing, on=bool).routes()
    known = {(route.method, route.path) for route in routes}  # type: ignore[attr-defined]
    assert {(method, path.replace("%7B", "{").replace("%7D", "}")) for method, path in asked} == known
