"""Where sites and programmes belong."""

from pathlib import Path

from desk.people.thing_places import programme_channel, site_region
from tests.desk.programmes.filled import a_database, add


def test_sites_and_programmes_are_found_and_others_are_not(tmp_path: Path) -> None:
    database = a_database(f"sqlite:///{tmp_path / 'register.db'}")
    (name,) = add(database)
    assert [site_region(database, one) for one in ("s00004", "never")] == ["00004", None]
    assert [programme_channel(database, one) for one in (name, "p999", "x", "p")] == ["hop", None, None, None]
    database.close()
