"""A tree of one's own comes whole or not at all."""

from collections.abc import Iterator

import pytest

from desk.database.database import Database
from desk.errors import RefusedError
from desk.programmes.window_load import stamp
from desk.register.own_tree import levels_from
from desk.register.region_store import RegionStore
from desk.register.sheet import Row, csv_rows
from desk.register.site_query import SiteQuery
from desk.register.site_store import SiteStore
from desk.register.tree_import import import_tree
from tests.desk.register.filled import a_site

LEVELS = levels_from(["bộ/ministry", "đơn vị/unit"])


def _rows(*names: str) -> list[Row]:
    units = "".join(f"{name.lower()},bo,{name}\n" for name in names)
    return csv_rows(f"code,above,name\nbo,,Bộ Y tế\n{units}".encode())


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database.open(database_url)
    yield made
    made.close()


def _names(database: Database) -> dict[str, str]:
    with database.reading() as connection:
        return {one.id: one.name for one in RegionStore(connection).tree()}


def test_a_tree_is_made_changed_and_tried(database: Database) -> None:
    assert import_tree(database, LEVELS, _rows("A", "B"), dry=True)["added"] == 3
    assert _names(database) == {}
    done = import_tree(database, LEVELS, _rows("A", "B"), dry=False)
    assert (done["written"], done["regions"], done["rows"]) == (True, 3, [])
    with database.writing() as connection:
        store = RegionStore(connection)
        SiteStore(connection, store.tree()).add([a_site("s1", "a")], 1_790_000_000)
    before = stamp(database)
    deeper = levels_from(["bộ/ministry", "vùng/zone", "đơn vị/unit"])
    rows = csv_rows("code,above,name\nbo,,Bộ\nb,bo,Miền Bắc\na,b,Viện A\n".encode())
    done = import_tree(database, deeper, rows, dry=False)
    assert (done["changed"], done["removed"]) == (3, 0)
    assert stamp(database) != before  # who is invited is looked up anew, though as many regions are there
    with database.reading() as connection:
        tree = RegionStore(connection).tree()
        (found,) = SiteStore(connection, tree).find(SiteQuery(search="mien bac"))
    assert (found.id, tree.address(found.region)) == ("s1", "Viện A, Miền Bắc")


def test_one_bad_row_or_a_site_in_the_way_keeps_all_as_it_was(database: Database) -> None:
    import_tree(database, LEVELS, _rows("A", "B"), dry=False)
    done = import_tree(database, LEVELS, [*_rows("A"), (9, ["c", "no", "C"])], dry=False)
    assert (done["written"], [row["line"] for row in done["rows"]]) == (False, [9])
    with database.writing() as connection:
        SiteStore(connection, RegionStore(connection).tree()).add([a_site("s1", "b")], 1_790_000_000)
    for dry in (True, False):
        with pytest.raises(RefusedError, match="still named by a site"):
            import_tree(database, LEVELS, _rows("A"), dry=dry)
    assert _names(database) == {"bo": "Bộ Y tế", "a": "A", "b": "B"}
