"""Which windows the database has."""

from desk.programmes.programme_changes import cancelled, changed
from desk.programmes.window_load import load_windows, stamp
from desk.register.region_store import RegionStore
from desk.register.site_changes import retired
from tests.desk.programmes.filled import HERE, a_database, add
from tests.desk.programmes.some import DAY, at
from tests.desk.register.trees import LEVELS, a_region, a_tree


def test_windows_are_those_of_the_hours_to_come(database_url: str) -> None:
    database = a_database(database_url)
    assert load_windows(database, DAY).channels == {}
    before = stamp(database)
    add(database, "05:00", "06:00")
    add(database, "20:00", "21:00", audience="locality:ha noi")
    add(database, "06:00", "07:00", channel="yte", audience="ministry-localities:health")
    found = load_windows(database, DAY).channels
    assert {name: [set(one.sites) for one in windows] for name, windows in found.items()} == {
        "hop": [{"s00004", "s00004-2", "s19", "pm"}], "yte": [{"s00004", "s00004-2", "s19"}],
    }
    late = load_windows(database, at("19:00")).channels
    assert ([set(one.sites) for one in late["hop"]], late["yte"]) == ([{"s00004", "s00004-2"}], ())
    stamps = [before, stamp(database)]
    changed(database, "p1", {"exclude": ["site:pm"]}, HERE, DAY - 10)  # by a machine whose clock is behind
    stamps.append(stamp(database))
    retired(database, "s19", DAY + 20, back=False)
    stamps.append(stamp(database))
    with database.writing() as connection:
        RegionStore(connection).replace(LEVELS, [
            a_region("05665", "01", 2, "Xã Văn Lăng") if one.id == "05665" else one for one in a_tree()
        ], {})
    stamps.append(stamp(database))
    assert len(set(stamps)) == 5
    (window,) = load_windows(database, DAY + 20).channels["hop"]
    assert window.sites == {"s00004", "s00004-2"}
    cancelled(database, "p3", HERE, DAY + 30, series=False)
    assert load_windows(database, DAY + 30).channels["yte"] == ()  # not open to every site again
    database.close()
