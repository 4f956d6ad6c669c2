"""Sites and questions in JSON's words."""

import pytest

from desk.register.region_finder import RegionFinder
from desk.register.site import SiteId, SiteKind
from desk.register.site_words import changed_site, free_id, new_site, query_from, shown
from flow.errors import OperatorError
from tests.desk.register.filled import a_site
from tests.desk.register.trees import a_tree

FINDER = RegionFinder(a_tree())


def test_ids_are_made_from_the_regions_code() -> None:
    assert free_id("00004", set()) == "s00004"
    assert free_id("00004", {SiteId("s00004"), SiteId("s00004-2")}) == "s00004-3"
    assert new_site({"name": "x", "region": "ba dinh"}, FINDER, frozenset({SiteId("s00004")})).id == "s00004-2"


def test_a_site_is_shown_with_its_address() -> None:
    told = shown(a_site(retired_s=86_400), a_tree())
    assert told["address"] == "Phường Ba Đình, Thành phố Hà Nội"
    assert told["retired"] == "1970-01-02T00:00:00.000Z"


def test_only_what_is_said_changes() -> None:
    site = a_site(note="cửa sau", kind=SiteKind.BOX)
    assert changed_site(site, {}, FINDER) == site
    assert changed_site(site, {"note": ""}, FINDER).kind is SiteKind.BOX


def test_questions_have_known_words() -> None:
    query = query_from({"region": "Hà Nội", "kind": "hall", "retired": "0", "after": "s1", "limit": "5"}, FINDER)
    assert (query.region, query.kind, query.retired, query.after, query.limit) == (
        "01", SiteKind.HALL, False, "s1", 5,
    )
    for wrong in ({"limit": "99999"}, {"limit": "²"}, {"limt": "1"}, {"after": "../"}, {"kind": "x"}):
        with pytest.raises(OperatorError):
            query_from(wrong, FINDER)
