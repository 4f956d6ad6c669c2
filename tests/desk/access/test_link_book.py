"""Links in the database, in both engines."""

from collections.abc import Iterator

import pytest
from sqlalchemy import update

from desk.access.guest_list import Guest
from desk.access.link_book import AFTER, Known, give, known, revoke, stamp
from desk.database.database import Database
from desk.errors import RefusedError
from desk.register.site_changes import merged, retired
from desk.register.tables import site
from tests.desk.access.register import fill

NOW = 1_790_001_000
NOW_NS = NOW * 1_000_000_000
ONE, TWO, NEW = b"1" * 32, b"2" * 32, b"3" * 32


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database.open(database_url)
    fill(made)
    yield made
    made.close()


def test_a_link_is_given_renewed_and_taken_away(database: Database) -> None:
    assert known(database) == Known(sites=2, guests={})
    assert give(database, {"xa-1": ONE, "xa-2": TWO}, now_ns=NOW_NS) == {
        "xa-1": Guest(digest=ONE), "xa-2": Guest(digest=TWO),
    }
    give(database, {"xa-1": NEW}, now_ns=NOW_NS)
    assert known(database).guests == {"xa-1": Guest(digest=NEW, void_until=NOW + AFTER), "xa-2": Guest(digest=TWO)}
    assert revoke(database, ["xa-1"], now_ns=NOW_NS + 10**9) == {"xa-1": Guest(void_until=NOW + 1 + AFTER)}
    assert known(database).guests == {"xa-1": Guest(void_until=NOW + 1 + AFTER), "xa-2": Guest(digest=TWO)}
    give(database, {"xa-1": ONE}, now_ns=NOW_NS + 2 * 10**9)
    assert known(database).guests["xa-1"] == Guest(digest=ONE, void_until=NOW + 2 + AFTER)


def test_a_site_that_is_not_there_changes_nothing_for_the_others(database: Database) -> None:
    with pytest.raises(RefusedError, match="no site “xa-3”, “xa-9”") as refusal:
        give(database, {"xa-1": ONE, "xa-3": TWO, "xa-9": NEW}, now_ns=NOW_NS)
    assert refusal.value.status == 404
    with pytest.raises(RefusedError, match="“xa-9”"):
        revoke(database, ["xa-1", "xa-9"], now_ns=NOW_NS)
    assert known(database).guests == {}


def test_a_site_that_retires_is_shut_out(database: Database) -> None:
    give(database, {"xa-1": ONE}, now_ns=NOW_NS)
    before = stamp(database)
    with database.writing() as connection:
        connection.execute(update(site).where(site.c.id == "xa-1").values(retired_s=NOW + 5, changed_s=NOW + 5))
    assert stamp(database) != before
    assert known(database) == Known(sites=1, guests={"xa-1": Guest(void_until=NOW + 5 + AFTER)})
    with database.writing() as connection:  # and when it watches again, it needs a new link
        connection.execute(update(site).where(site.c.id == "xa-1").values(retired_s=None, changed_s=NOW + 6))
    assert known(database) == Known(sites=2, guests={"xa-1": Guest(void_until=NOW + 5 + AFTER)})


def test_a_link_shows_in_the_stamp(database: Database) -> None:
    stamps = [stamp(database)]
    for at in range(3):
        give(database, {"xa-1": bytes([at]) * 32}, now_ns=NOW_NS + at)
        stamps.append(stamp(database))
    assert len(set(stamps)) == 4


def test_a_change_by_a_clock_that_is_behind_shows_in_the_stamp_too(database: Database) -> None:
    """T-15, T-43: of two headends one is some seconds ahead, and the other takes back what it gave."""
    give(database, {"xa-1": ONE}, now_ns=NOW_NS + 5 * 10**9)
    before = stamp(database)
    revoke(database, ["xa-1"], now_ns=NOW_NS)
    assert stamp(database) != before


def test_a_site_that_retires_and_comes_back_at_once_has_no_link_left(database: Database) -> None:
    give(database, {"xa-1": ONE, "xa-2": TWO}, now_ns=NOW_NS)
    retired(database, "xa-1", NOW + 5, back=False)
    retired(database, "xa-1", NOW + 6, back=True)
    merged(database, ["xa-2"], "xa-1", NOW + 7)
    retired(database, "xa-2", NOW + 8, back=True)
    assert known(database).guests == {
        "xa-1": Guest(void_until=NOW + 5 + AFTER), "xa-2": Guest(void_until=NOW + 7 + AFTER),
    }


def test_thousands_at_once_are_one_change(database: Database) -> None:
    """More names than an engine takes in one question."""
    with pytest.raises(RefusedError, match="and 1197 more"):
        give(database, {f"no-{at}": at.to_bytes(32) for at in range(1_200)}, now_ns=NOW_NS)
