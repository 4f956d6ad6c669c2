"""Codes in the database: each good once, for a day, and gone with the link."""

import pytest

from desk.access.code_book import BROWSERS, exchange, make
from desk.access.link_book import give, known, revoke, stamp
from desk.database.database import Database
from desk.errors import RefusedError
from desk.register.site_changes import retired
from tests.desk.access.register import fill

NOW = 1_790_001_000
NOW_NS = NOW * 10**9
CODE, OTHER, TOKEN = b"c" * 32, b"o" * 32, b"t" * 32


@pytest.fixture
def database(database_url: str) -> Database:
    made = Database.open(database_url)
    fill(made)
    return made


def code(database: Database, digest: bytes = CODE, site: str = "xa-1") -> None:
    make(database, {site: digest}, until_s=NOW + 60, now_ns=NOW_NS)


def test_a_code_lets_one_browser_in(database: Database) -> None:
    code(database)
    before = stamp(database)
    assert exchange(database, OTHER, TOKEN, now_ns=NOW_NS) is None
    assert exchange(database, CODE, TOKEN, now_ns=NOW_NS) == "xa-1"
    assert stamp(database) != before  # other headends know of it
    assert exchange(database, CODE, OTHER, now_ns=NOW_NS) is None
    assert known(database).guests["xa-1"].browsers == (TOKEN,)
    assert known(database).guests["xa-1"].digest is None
    database.close()


def test_a_code_ends_with_its_day_with_the_next_one_and_with_the_link(database: Database) -> None:
    code(database)
    assert exchange(database, CODE, TOKEN, now_ns=NOW_NS + 60 * 10**9) is None
    code(database)
    code(database, OTHER)
    assert exchange(database, CODE, TOKEN, now_ns=NOW_NS) is None
    revoke(database, ["xa-1"], now_ns=NOW_NS)
    assert exchange(database, OTHER, TOKEN, now_ns=NOW_NS) is None
    code(database)
    retired(database, "xa-1", NOW, back=False)
    assert exchange(database, CODE, TOKEN, now_ns=NOW_NS) is None
    with pytest.raises(RefusedError):
        code(database, site="xa-3")
    database.close()


def test_what_came_in_by_a_code_is_out_when_the_link_is_renewed_or_taken_away(database: Database) -> None:
    """T-15."""
    for change in (
        lambda: give(database, {"xa-1": OTHER}, now_ns=NOW_NS), lambda: revoke(database, ["xa-1"], now_ns=NOW_NS),
        lambda: retired(database, "xa-1", NOW, back=False),
    ):
        code(database)
        exchange(database, CODE, TOKEN, now_ns=NOW_NS)
        change()
        assert known(database).guests["xa-1"].browsers == ()
    retired(database, "xa-1", NOW, back=True)
    assert known(database).guests["xa-1"].browsers == ()
    database.close()


def test_of_many_browsers_the_first_are_forgotten(database: Database) -> None:
    for number in range(BROWSERS + 2):
        code(database)
        exchange(database, CODE, bytes([number]) * 32, now_ns=NOW_NS + number)
    assert known(database).guests["xa-1"].browsers == tuple(bytes([at]) * 32 for at in range(2, BROWSERS + 2))
    database.close()
