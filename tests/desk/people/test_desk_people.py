"""What knows people is kept up to date."""

import asyncio

import pytest

from tests.desk.people.desk import Desk
from tests.desk.test_control_link import until


async def test_it_looks_again_and_again_whatever_goes_wrong(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    looks: list[int] = []

    async def look() -> None:
        looks.append(1)
        if len(looks) == 1:
            message = "nobody foresaw this"
            raise ValueError(message)

    monkeypatch.setattr(desk.people, "look", look)
    monkeypatch.setattr("desk.people.desk_people.LOOK", 0.0)
    keeping = asyncio.create_task(desk.desk.keep())
    await until(lambda: len(looks) > 3)
    keeping.cancel()
    assert "nobody foresaw this" in caplog.text


async def test_without_a_database_none_is_made_to_look_into_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk.people, "_used", lambda: False)
    monkeypatch.setattr(desk.people, "_database", None)
    await desk.people.look()
