"""Sites are kept and found, in both engines alike."""

from collections.abc import Iterator

import pytest

from desk.database.database import Database
from desk.errors import RefusedError
from desk.register.region import RegionId
from desk.register.region_store import RegionStore
from desk.register.site import SiteId, SiteKind
from desk.register.site_query import SiteQuery
from desk.register.site_store import SiteStore
from tests.desk.register.filled import a_site, fill

SITES = (
    a_site(labels=frozenset({"bộ-y-tế", "ubnd"}), contact="Nguyễn Thị Hòa", phone="0912 345 678", line_kbps=4_000),
    a_site("s05700", "05700", kind=SiteKind.OFFICE, labels=frozenset({"ubnd"})),
    a_site("s19", "19", name="Văn phòng tỉnh"),
    a_site("s9", "00008", retired_s=5),
)


@pytest.fixture
def store(database_url: str) -> Iterator[SiteStore]:
    database = fill(Database.open(database_url), *SITES)
    with database.writing() as connection:
        yield SiteStore(connection, RegionStore(connection).tree())
    database.close()


def test_a_site_comes_back_as_it_was(store: SiteStore) -> None:
    assert store.get("s00004") == SITES[0]
    with pytest.raises(RefusedError, match="no site “s7”"):
        store.get("s7")


def test_sites_are_found(store: SiteStore) -> None:
    for query, found in (
        (SiteQuery(), ["s00004", "s05700", "s19"]),
        (SiteQuery(retired=True), ["s00004", "s05700", "s19", "s9"]),
        (SiteQuery(region=RegionId("19")), ["s05700", "s19"]),
        (SiteQuery(region=RegionId("vn"), kind=SiteKind.OFFICE), ["s05700"]),
        (SiteQuery(label="ubnd"), ["s00004", "s05700"]),
        (SiteQuery(search="hoà NGUYEN"), ["s00004"]),
        (SiteQuery(search="Thái Nguyên"), ["s05700", "s19"]),
        (SiteQuery(search="345"), ["s00004"]),
        (SiteQuery(search="guyen"), []),
        (SiteQuery(search="%"), ["s00004", "s05700", "s19"]),
        (SiteQuery(limit=1), ["s00004"]),
        (SiteQuery(after=SiteId("s00004"), limit=1), ["s05700"]),
    ):
        assert [one.id for one in store.find(query)] == found
        assert query.limit is not None or store.count(query) == len(found)


def test_a_changed_site_is_found_by_its_new_words_alone(store: SiteStore) -> None:
    other = a_site("s00004", "05701", name="Nhà văn hóa", labels=frozenset({"sở"}))
    store.change([other], 2_000)
    assert store.get("s00004") == other
    assert store.find(SiteQuery(search="Hòa")) == [other]
    assert store.find(SiteQuery(search="nguyễn thị")) == []
    assert store.find(SiteQuery(label="bộ-y-tế")) == []
    assert store.ids() == {"s00004", "s05700", "s19", "s9"}
