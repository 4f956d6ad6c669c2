"""What an operator does to what is on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from desk.database.database import Database
from desk.errors import RefusedError
from desk.programmes.programme_changes import added, channel_moment
from desk.programmes.programme_deeds import extended, started, stopped
from flow.errors import OperatorError
from flow.ids import ChannelId
from tests.desk.programmes.filled import HERE, a_database, add, words
from tests.desk.programmes.some import at

HOP = ChannelId("hop")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = a_database(f"sqlite:///{tmp_path / 'register.db'}")
    yield made
    made.close()


def start(database: Database, clock: str, **words: Any) -> dict[str, Any]:
    return started(database, HOP, words, HERE, at(clock))


def extend(database: Database, clock: str, **words: Any) -> dict[str, Any]:
    return extended(database, HOP, words, HERE, at(clock))


def state(database: Database, clock: str) -> tuple[str, str | None]:
    now = channel_moment(database, HOP, HERE, at(clock))
    return now["state"], now["programme"] and now["programme"]["id"]


def test_the_next_one_begins_early_ends_early_and_begins_again(database: Database) -> None:
    add(database, "08:00", "09:00")
    assert start(database, "07:40")["began"] == "2026-11-24T00:40:00Z"
    assert state(database, "07:40") == ("on-air", "p1")
    with pytest.raises(RefusedError, match="on air already"):
        start(database, "07:45")
    assert stopped(database, HOP, HERE, at("08:20"))["state"] == "over"
    assert state(database, "08:20") == ("after", "p1")
    assert start(database, "08:30")["ended"] is None
    assert state(database, "08:59") == ("on-air", "p1")
    with pytest.raises(RefusedError, match="comes soon"):
        start(database, "09:10")


def test_one_of_another_week_is_not_begun_by_its_name(database: Database) -> None:
    """It would be on air up to its end, and nothing that is planned before it would ever come."""
    later = words() | {"start": "2026-12-24 08:00", "end": "2026-12-24 09:00"}
    name = added(database, later, HERE, at("00:00"))["programmes"][0]["id"]
    with pytest.raises(RefusedError, match=r"comes at 2026-12-24 08:00.*more than a day"):
        start(database, "08:00", programme=name)


def test_a_title_is_kept_composed(database: Database) -> None:
    """The slate draws a letter with its marks as one."""
    one = start(database, "08:00", title=normalize("NFD", "Họp khẩn"))
    assert one["title"] == "Họp khẩn" == normalize("NFC", one["title"])


def test_one_that_comes_later_is_named(database: Database) -> None:
    add(database, "16:00", "17:00")
    with pytest.raises(RefusedError, match="comes soon"):
        start(database, "08:00")
    for name in ("p9", "x"):
        with pytest.raises(OperatorError):
            start(database, "08:00", programme=name)
    with pytest.raises(RefusedError, match="no programme of other"):
        started(database, ChannelId("other"), {"programme": "p1"}, HERE, at("08:00"))
    assert start(database, "08:00", programme="p1")["state"] == "on-air"
    stopped(database, HOP, HERE, at("08:30"))
    with pytest.raises(RefusedError, match="is over"):
        start(database, "17:00", programme="p1")


def test_an_unscheduled_one_runs_until_it_is_stopped(database: Database) -> None:
    add(database, "08:00", "09:00")
    one = start(database, "07:30", title="Họp khẩn", audience="locality:Hà Nội")
    assert (one["id"], one["end"], one["invite"], one["sites"]) == ("p2", None, ["region:01"], 2)
    assert state(database, "08:10") == ("on-air", "p2")
    with pytest.raises(RefusedError, match="p2, “Họp khẩn”, is on air"):
        start(database, "08:10", programme="p1")
    stopped(database, HOP, HERE, at("08:15"))
    assert state(database, "08:15") == ("on-air", "p1")
    assert start(database, "10:00", title="Nữa")["invite"] == ["all"]


def test_what_is_on_air_is_extended_by_to_and_until_it_is_stopped(database: Database) -> None:
    add(database, "08:00", "09:00")
    add(database, "09:30", "10:00")
    assert extend(database, "08:50", by_s=900)["end"] == "2026-11-24T02:15:00Z"
    assert extend(database, "08:50", to="09:30")["end"] == "2026-11-24T02:30:00Z"
    with pytest.raises(OperatorError, match=r"goes on until .*09:30.* already") as sooner:
        extend(database, "08:50", to="09:10")
    assert "programme change p1 --end" in sooner.value.remedy
    with pytest.raises(RefusedError, match="p2 already"):
        extend(database, "08:50", by_s=60)
    assert extend(database, "08:50", open=True)["runs_over"] is True
    assert state(database, "09:40") == ("over-run", "p1")
    # Past its end it goes on from now, and over what waits for it only when it is open.
    with pytest.raises(RefusedError, match="p2 already"):
        extend(database, "09:40", by_s=300)
    assert stopped(database, HOP, HERE, at("09:45"))["ended"] == "2026-11-24T02:45:00Z"
    assert state(database, "09:45") == ("on-air", "p2")


def test_one_without_an_end_gets_one(database: Database) -> None:
    start(database, "08:00", title="Họp khẩn")
    assert extend(database, "08:10", open=True)["runs_over"] is False
    assert extend(database, "08:10", by_s=600)["end"] == "2026-11-24T01:20:00Z"
    assert state(database, "08:20") == ("after", "p1")


@pytest.mark.parametrize("words", [{}, {"by_s": 60, "open": True}, {"by_s": -60}, {"by_s": 90_000}, {"to": "x"}])
def test_a_length_that_makes_no_sense_is_refused(database: Database, words: dict[str, Any]) -> None:
    add(database, "08:00", "09:00")
    with pytest.raises(OperatorError):
        extend(database, "09:30" if not words else "08:30", **words)


def test_nothing_on_air_is_neither_stopped_nor_extended(database: Database) -> None:
    with pytest.raises(RefusedError, match="no programme is on air"):
        stopped(database, HOP, HERE, at("08:00"))
    with pytest.raises(RefusedError, match="no programme is on air"):
        extend(database, "08:00", by_s=60)


def test_one_that_a_region_s_account_begins_is_for_its_sites(database: Database) -> None:
    """T-28."""
    with pytest.raises(RefusedError, match="beyond your part"):
        started(database, HOP, {"title": "Họp khẩn", "audience": "national"}, HERE, at("07:00"), "01")
    begun = started(database, HOP, {"title": "Họp khẩn"}, HERE, at("07:00"), "01")
    assert (begun["sites"], state(database, "07:00")[0]) == (2, "on-air")
