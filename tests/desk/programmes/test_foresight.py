"""What a request would bring on air."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.database.database import Database
from desk.programmes.foresight import LEAD_S, Foresight, foreseen
from tests.desk.programmes.filled import HERE, a_database, add, words
from tests.desk.programmes.some import at

NOW = at("08:00")
NATIONAL, OTHER = Foresight(channel="hop", national=True), Foresight(channel="hop", national=False)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = a_database(f"sqlite:///{tmp_path / 'register.db'}")
    yield made
    made.close()


@pytest.mark.parametrize(("start", "more", "comes"), [
    ("07:30", {}, NATIONAL),  # in the past: on air with the answer
    ("08:10", {"rehearsal_s": 0}, NATIONAL), ("08:11", {"rehearsal_s": 0}, None),
    ("08:15", {"rehearsal_s": 900}, NATIONAL),  # the hall sees the rehearsal's picture
    ("08:00", {"audience": "locality:vn"}, NATIONAL), ("08:00", {"audience": "locality:01"}, OTHER),
    ("08:00", {"audience": "", "invite": ["region:01", "region:19"]}, NATIONAL),
    ("08:00", {"audience": "ministry-localities:health"}, NATIONAL),
    ("08:00", {"exclude": ["region:19"]}, NATIONAL),
    ("08:00", {"audience": "nobody"}, None), ("08:00", {"title": 7}, None), ("", {}, None),
])
def test_a_new_programme_comes_at_once_when_it_begins_within_minutes(
    database: Database, start: str, more: dict[str, Any], comes: Foresight | None,
) -> None:
    """T-37."""
    assert foreseen(database, words(start, "11:00", **more), HERE, NOW) == comes


@pytest.mark.parametrize(("change", "comes"), [
    ({"start": "2026-11-24 08:00"}, NATIONAL), ({"start": "2026-11-24 09:00"}, None),
    ({"start": "2026-11-24 08:00", "audience": "locality:01"}, OTHER), ({"title": "x"}, None), ({"x": 1}, None),
])
def test_so_does_one_that_is_moved_to_now(
    database: Database, change: dict[str, Any], comes: Foresight | None,
) -> None:
    """T-37."""
    name = add(database, "10:00", "11:00")[0]
    assert foreseen(database, {**change, "who": "lan"}, HERE, NOW, programme=name) == comes


def test_one_that_becomes_the_country_s_while_it_is_on_does(database: Database) -> None:
    """T-37."""
    name = add(database, "07:00", "11:00", audience="locality:01")[0]
    assert foreseen(database, {"audience": "national"}, HERE, NOW, programme=name) == NATIONAL


@pytest.mark.parametrize(("given", "within", "comes"), [
    ({"title": "Họp khẩn"}, "", NATIONAL), ({"title": "Họp khẩn"}, "01", OTHER),
    ({"title": "Họp khẩn", "audience": "locality:Việt Nam"}, "", NATIONAL),
    ({"title": "Họp khẩn", "audience": "locality:19"}, "", OTHER),
    ({"title": "Họp khẩn", "audience": "national"}, "01", None),  # which is refused
    ({"title": "Họp khẩn", "invite": "all"}, "", None), ({"title": 7}, "", None),
    ({"programme": "p1"}, "", NATIONAL), ({"programme": "p2"}, "", OTHER), ({"programme": "p9"}, "", None),
    ({"programme": 7}, "", None),
])
def test_one_that_is_begun_now_does_however_far_its_time_is(
    database: Database, given: dict[str, Any], within: str, comes: Foresight | None,
) -> None:
    """T-37: the schedule in memory knows some hours, and a programme may be begun a day before."""
    add(database, "18:00", "19:00")
    add(database, "20:00", "21:00", audience="locality:01")
    assert foreseen(database, given, HERE, NOW, channel="hop", within=within) == comes


def test_ten_minutes_are_time_to_see_it_in_the_schedule() -> None:
    assert LEAD_S == 600
