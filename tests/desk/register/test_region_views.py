"""What is told of regions."""

from pathlib import Path

from desk.database.database import Database
from desk.register.region_views import region_told, regions_listed
from tests.desk.register.filled import a_site, fill


def test_a_register_without_regions_says_so(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'register.db'}")
    assert regions_listed(database, {}) == {"levels": [], "regions": [], "count": 0}
    database.close()


def test_words_are_looked_for_where_words_begin(tmp_path: Path) -> None:
    database = fill(Database.open(f"sqlite:///{tmp_path / 'register.db'}"), a_site("s19", "05700"))
    assert [one["id"] for one in regions_listed(database, {"search": "anh"})["regions"]] == []
    assert [one["id"] for one in regions_listed(database, {"search": "TANH"})["regions"]] == []
    assert len(regions_listed(database, {"search": "tân"})["regions"]) == 2
    assert region_told(database, "19")["sites"] == 1
    # A city comes before what lies in it.
    assert regions_listed(database, {"search": "ha noi"})["regions"][0]["id"] == "01"
    database.close()
