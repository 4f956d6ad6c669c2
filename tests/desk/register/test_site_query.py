"""A question without words asks for every site that watches."""

from desk.register.site_query import SiteQuery


def test_retired_sites_are_asked_for_by_name_only() -> None:
    assert SiteQuery() == SiteQuery(retired=False, search="", limit=None)
