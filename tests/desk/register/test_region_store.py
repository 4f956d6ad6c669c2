"""The tree is kept, and changed as a whole."""

import pytest

from desk.database.database import Database
from desk.errors import RefusedError
from desk.register.region_store import RegionStore
from tests.desk.register.filled import a_site, fill
from tests.desk.register.trees import LEVELS, a_region, a_tree


def test_a_tree_comes_back_as_it_was_put(database_url: str) -> None:
    database = fill(Database.open(database_url))
    with database.reading() as connection:
        tree = RegionStore(connection).tree()
    assert tree.levels == LEVELS
    assert {*tree} == {*a_tree()}
    database.close()


def test_a_changed_tree_changes_only_what_differs(database_url: str) -> None:
    database = fill(Database.open(database_url), a_site())
    other = [one for one in a_tree() if one.id != "05701"]
    other[1] = a_region("01", "vn", 1, "Thủ đô Hà Nội")
    other.append(a_region("05702", "19", 2, "Xã Mới"))
    with database.writing() as connection:
        change = RegionStore(connection).replace(LEVELS, other, {})
        assert (change.added, change.changed, change.removed, change.moved) == (1, 1, 1, 0)
        assert {*RegionStore(connection).tree()} == {*other}
    database.close()


def test_each_tree_has_a_mark_of_its_own(database_url: str) -> None:
    """T-28: regions that moved are as many as they were."""
    database = Database.open(database_url)
    with database.reading() as connection:
        marks = [RegionStore(connection).mark()]
    fill(database, a_site())
    moved = [a_region("05665", "01", 2, "Xã Văn Lăng") if one.id == "05665" else one for one in a_tree()]
    with database.writing() as connection:
        marks.append(RegionStore(connection).mark())
        RegionStore(connection).replace(LEVELS, moved, {})
        marks.append(RegionStore(connection).mark())
    with pytest.raises(RefusedError), database.writing() as connection:
        RegionStore(connection).replace(LEVELS, [], {})
    with database.reading() as connection:
        assert RegionStore(connection).mark() == marks[2]
    assert (marks[0], len(set(marks))) == (0, 3)
    database.close()


def test_a_region_with_a_site_does_not_go(database_url: str) -> None:
    database = fill(Database.open(database_url), a_site())
    with pytest.raises(RefusedError, match="nothing was changed"), database.writing() as connection:
        RegionStore(connection).replace(LEVELS, [one for one in a_tree() if one.id != "00004"], {})
    with database.reading() as connection:
        assert len(RegionStore(connection).tree()) == len(a_tree())
    database.close()
