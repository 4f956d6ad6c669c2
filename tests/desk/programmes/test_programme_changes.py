"""What an operator does to the schedule."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.database.database import Database
from desk.errors import RefusedError
from desk.programmes.programme_changes import added, cancelled, changed, channel_moment, listed, told
from desk.programmes.programme_deeds import started
from flow.errors import OperatorError
from flow.ids import ChannelId
from tests.desk.programmes.filled import HERE, a_database, add, words
from tests.desk.programmes.some import DAY, at

HOP = ChannelId("hop")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = a_database(f"sqlite:///{tmp_path / 'register.db'}")
    yield made
    made.close()


def ids(database: Database, now_s: int = DAY, **asked: str) -> list[str]:
    return [one["id"] for one in listed(database, asked, HERE, now_s)["programmes"]]


def test_what_overlaps_is_refused_and_nothing_is_half_done(database: Database) -> None:
    add(database, "08:00", "09:00")
    with pytest.raises(RefusedError, match="has p1 already"):
        added(database, words("07:00", "08:30", every="week", count=3), HERE, DAY)
    assert ids(database) == ["p1"]
    assert add(database, "08:00", "09:00", channel="other") == ["p2"]


def test_a_series_is_listed_and_cancelled_from_one_on(database: Database) -> None:
    made = add(database, every="week", count=4)
    assert made == ["p1", "p2", "p3", "p4"]
    assert ids(database, **{"from": "2026-12-01", "to": "2026-12-09"}) == ["p2", "p3"]
    assert listed(database, {}, HERE, DAY)["programmes"][0]["every"] == "week on tue"
    done = cancelled(database, "p3", HERE, DAY, series=True)
    assert [(one["id"], one["state"]) for one in done["programmes"]] == [("p3", "cancelled"), ("p4", "cancelled")]
    assert ids(database) == ["p1", "p2"]
    assert ids(database, cancelled="1") == made
    assert cancelled(database, "p3", HERE, DAY, series=True)["programmes"][0]["id"] == "p3"
    with pytest.raises(OperatorError):
        listed(database, {"chanel": "hop"}, HERE, DAY)


def test_it_is_changed_until_it_is_over(database: Database) -> None:
    add(database, invite=["region:Hà Nội"], audience="")
    assert told(database, "p1", HERE, DAY)["sites"] == 2
    one = changed(database, "p1", {"audience": "national", "exclude": ["site:s19"]}, HERE, DAY)
    assert (one["sites"], one["exclude"]) == (3, ["site:s19"])
    assert changed(database, "p1", {"start": "2026-11-24 08:30"}, HERE, DAY)["end"] == "2026-11-24T02:30:00Z"
    assert changed(database, "p1", {"title": "Khác"}, HERE, at("08:40"))["state"] == "on-air"
    for given, clock in (
        ({"start": "2026-11-24 08:50"}, "08:40"), ({"end": "2026-11-24 08:35"}, "08:40"),
        ({"title": "x"}, "09:30"),
    ):
        with pytest.raises(RefusedError):
            changed(database, "p1", given, HERE, at(clock))
    with pytest.raises(RefusedError, match="has begun"):
        cancelled(database, "p1", HERE, at("08:40"), series=False)


def test_what_is_moved_onto_another_is_refused(database: Database) -> None:
    add(database, "08:00", "09:00")
    add(database, "10:00", "11:00")
    with pytest.raises(RefusedError, match="p1 already"):
        changed(database, "p2", {"start": "2026-11-24 08:30"}, HERE, DAY)


def test_the_timetable_of_a_channel_says_what_is_and_what_comes(database: Database) -> None:
    assert channel_moment(database, HOP, HERE, DAY) == {
        "channel": "hop", "state": "idle", "programme": None, "following": None, "changes": None,
    }
    add(database, "08:00", "09:00")
    add(database, "10:00", "11:00")
    found = channel_moment(database, HOP, HERE, at("08:10"))
    assert (found["state"], found["programme"]["id"], found["following"]["id"], found["changes"]) == (
        "on-air", "p1", "p2", "2026-11-24T02:00:00Z",
    )


def test_one_that_runs_until_it_is_stopped_keeps_nothing_to_come_out(database: Database) -> None:
    started(database, HOP, {"title": "Khẩn"}, HERE, at("07:00"))
    with pytest.raises(RefusedError, match="until it is stopped"):
        added(database, words("07:10", "08:00"), HERE, at("07:30"))
    assert added(database, words("08:00", "09:00"), HERE, at("07:30"))["programmes"][0]["id"] == "p2"
    assert channel_moment(database, HOP, HERE, at("08:10"))["following"]["state"] == "waiting"


def test_a_region_s_account_invites_its_sites_alone(database: Database) -> None:
    """T-28: another's title may be mended, its audience not made larger."""
    with pytest.raises(RefusedError, match="beyond your part"):
        added(database, words(), HERE, DAY, "01")
    added(database, words(audience="locality:01"), HERE, DAY, "01")
    assert changed(database, "p1", {"title_en": "Briefing"}, HERE, DAY, "19")["title_en"] == "Briefing"
    with pytest.raises(RefusedError, match="beyond your part"):
        changed(database, "p1", {"invite": ["all"]}, HERE, DAY, "01")
