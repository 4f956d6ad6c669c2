"""The official units are loaded, and sites follow their units from the former division."""

from pathlib import Path

import pytest

from desk.database.database import Database
from desk.errors import RefusedError
from desk.register.division_load import load_division
from desk.register.official import Division
from desk.register.region_store import RegionStore
from desk.register.site_query import SiteQuery
from desk.register.site_store import SiteStore
from tests.desk.register.filled import a_site, fill


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'register.db'}")
    assert load_division(database, Division.OFFICIAL)["added"] == 3_356
    again = load_division(database, Division.OFFICIAL)
    assert (again["added"], again["changed"], again["removed"], again["moved"]) == (0, 0, 0, 0)
    database.close()


def test_sites_follow_their_units_and_those_of_divided_ones_are_named(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'register.db'}")
    load_division(database, Division.FORMER)
    with database.writing() as connection:
        SiteStore(connection, RegionStore(connection).tree()).add([
            a_site("s1", "32245", name="Tân Ân"), a_site("s2", "318", name="Bạch Long Vĩ"), a_site("s3", "001"),
        ], 1)
    change = load_division(database, Division.OFFICIAL)
    assert (change["moved"], change["divided"]) == (3, ["s1"])
    with database.reading() as connection:
        tree = RegionStore(connection).tree()
        sites = SiteStore(connection, tree)
        assert [tree.address(one.region) for one in sites.find(SiteQuery())] == [
            "Xã Phan Ngọc Hiển, Tỉnh Cà Mau", "Đặc khu Bạch Long Vĩ, Thành phố Hải Phòng", "Thành phố Hà Nội",
        ]
        assert [one.id for one in sites.find(SiteQuery(search="dac khu"))] == ["s2"]  # found by the new name
    database.close()


def test_sites_of_another_tree_are_not_moved_by_guess(tmp_path: Path) -> None:
    database = fill(Database.open(f"sqlite:///{tmp_path / 'register.db'}"), a_site("s1", "05701"))
    with pytest.raises(RefusedError, match="do not follow from"):
        load_division(database, Division.FORMER)
    database.close()
