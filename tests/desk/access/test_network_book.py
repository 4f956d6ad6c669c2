"""Lists of addresses: a region's holds for all below it that has none of its own."""

import pytest
from sqlalchemy import insert

from desk.access.link_book import give, known, stamp
from desk.access.network_book import affected, networks_from, put, told
from desk.database.database import Database
from desk.errors import RefusedError
from desk.register.tables import region, site
from flow.errors import OperatorError
from flow.site_token import digest_of, new_token
from tests.desk.access.register import SITE, fill

NOW_NS = 1_790_001_000 * 10**9


@pytest.fixture
def database(database_url: str) -> Database:
    made = Database.open(database_url)
    fill(made)
    with made.writing() as connection:
        connection.execute(insert(region).values(id="01", parent="vn", depth=1, name="Hà Nội"))
        row = {**SITE, "id": "s01", "name": "s", "retired_s": None, "region": "01"}
        connection.execute(insert(site).values(row))
    give(made, {name: digest_of(new_token()) or b"" for name in ("xa-1", "s01")}, now_ns=NOW_NS)
    return made


def test_the_nearest_list_above_a_site_holds(database: Database) -> None:
    def holding() -> dict[str, tuple[str, ...]]:
        return {name: guest.networks for name, guest in known(database).guests.items()}

    stamps = [stamp(database)]
    assert holding() == {"xa-1": (), "s01": ()}
    for name, networks, found in (
        ("vn", ("10.0.0.0/8",), {"xa-1": ("10.0.0.0/8",), "s01": ("10.0.0.0/8",)}),
        ("Hà Nội", ("10.1.0.0/16",), {"xa-1": ("10.0.0.0/8",), "s01": ("10.1.0.0/16",)}),
        ("vn", (), {"xa-1": (), "s01": ("10.1.0.0/16",)}),
        ("01", (), {"xa-1": (), "s01": ()}),
    ):
        shown = put(database, name, networks, NOW_NS)
        assert shown["networks"] == list(networks)
        assert holding() == found
        stamps.append(stamp(database))
    assert len(set(stamps[:4])) == 4
    put(database, "vn", ("10.0.0.0/8",), NOW_NS)
    assert told(database, "01") == {"region": "01", "networks": [], "holding": ["10.0.0.0/8"]}
    with pytest.raises(RefusedError):
        told(database, "99")
    database.close()


def test_a_list_concerns_the_sites_below_it_that_no_nearer_one_holds_for(database: Database) -> None:
    assert affected(database, "vn") == {"xa-1", "xa-2", "s01"}
    assert affected(database, "Hà Nội") == {"s01"}
    put(database, "01", ("10.1.0.0/16",), NOW_NS)
    assert affected(database, "vn") == {"xa-1", "xa-2"}
    with pytest.raises(RefusedError):
        affected(database, "99")
    database.close()


@pytest.mark.parametrize("words", [None, "10.0.0.0/8", ["x"], ["10.0.0.1/8"], [5], ["10.0.0.0/8"] * 257])
def test_what_is_no_list_of_networks_is_refused(words: object) -> None:
    with pytest.raises(OperatorError):
        networks_from(words)


def test_each_network_has_one_spelling() -> None:
    assert networks_from([" 10.0.0.0/255.0.0.0", "10.0.0.0/8", "2001:DB8::/32", "10.2.3.4"]) == (
        "10.0.0.0/8", "2001:db8::/32", "10.2.3.4/32",
    )
