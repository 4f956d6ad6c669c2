"""What sites found, in both databases."""

from collections.abc import Iterator

import pytest

from desk.database.database import Database
from desk.programmes.programme import ProgrammeId
from desk.readiness.self_test_store import SelfTestStore
from tests.desk.programmes.filled import a_database, add
from tests.desk.readiness.outcomes import DEAF, GOOD, an_outcome


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = a_database(database_url)
    yield made
    made.close()


def test_the_last_test_of_each_site_is_kept_whichever_comes_first(database: Database) -> None:
    first, second = map(ProgrammeId, (*add(database), *add(database, "10:00", "11:00")))
    with database.writing() as connection:
        store = SelfTestStore(connection)
        store.put({
            (first, "s19"): an_outcome(DEAF, "07:50"), (first, "pm"): an_outcome(GOOD),
            (second, "pm"): an_outcome(DEAF),
        })
        store.put({(first, "s19"): an_outcome(GOOD, "07:55")})
        store.put({(first, "s19"): an_outcome(DEAF, "07:51")})  # another headend's, that came late
        store.put({})
    with database.reading() as connection:
        store = SelfTestStore(connection)
        assert store.of(first) == {"s19": an_outcome(GOOD, "07:55"), "pm": an_outcome(GOOD)}
        assert store.of(second) == {"pm": an_outcome(DEAF)}
