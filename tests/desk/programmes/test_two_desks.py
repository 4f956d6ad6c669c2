"""Two headends over one database, asked at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from desk.database.database import Database
from desk.errors import RefusedError
from desk.programmes.programme_changes import added
from desk.register.site_changes import added as site_added
from tests.desk.programmes.filled import HERE, a_database, words
from tests.desk.programmes.some import DAY

EACH = 4


def test_of_programmes_that_overlap_one_is_taken_and_sites_get_ids_of_their_own(database_url: str) -> None:
    a_database(database_url).close()
    desks = [Database.open(database_url) for _ in range(2)]
    begin = Barrier(2 * EACH)

    def ask(number: int) -> bool:
        desk = desks[number % 2]
        begin.wait()
        site_added(desk, {"name": f"Thôn {number}", "region": "19"}, DAY)
        try:
            added(desk, words(f"08:{number:02}", f"09:{number:02}"), HERE, DAY)
        except RefusedError as error:
            return error.status != 409
        return True

    with ThreadPoolExecutor(2 * EACH) as threads:
        assert sum(threads.map(ask, range(2 * EACH))) == 1
    for desk in desks:
        desk.close()
