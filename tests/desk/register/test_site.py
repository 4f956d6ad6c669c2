"""A site's values are checked where it is made."""

import pytest

from desk.register.region import RegionId
from desk.register.site import Site, SiteId, SiteKind, site_id, site_kind
from flow.errors import OperatorError


def _site(**words: object) -> Site:
    return Site(**{"id": SiteId("s1"), "name": "Hội trường UBND", "region": RegionId("00004")} | words)  # type: ignore[arg-type]


def test_a_site_is_a_hall_unless_said() -> None:
    assert _site().kind is SiteKind.HALL


@pytest.mark.parametrize(("key", "value"), [
    ("name", " "), ("name", "x" * 201), ("contact", "x" * 201), ("note", "x" * 1_001), ("line_kbps", -1),
    ("labels", frozenset({"a b"})), ("labels", frozenset({"=cmd"})), ("labels", frozenset(map(str, range(21)))),
    ("name", "a\nb"), ("phone", "\x1b[31m"), ("note", "a\x00"),
])
def test_what_makes_no_sense_is_refused(key: str, value: object) -> None:
    """T-33: no name steers a terminal or splits a line."""
    with pytest.raises(OperatorError, match="the site's"):
        _site(**{key: value})


def test_labels_may_have_vietnamese_letters() -> None:
    assert _site(labels=frozenset({"bộ-y-tế", "moh.2"})).labels == {"bộ-y-tế", "moh.2"}


def test_ids_and_kinds_are_words_of_ours() -> None:
    assert site_id("s00004") == "s00004"
    assert site_kind(" Hall ") is SiteKind.HALL
    with pytest.raises(OperatorError, match="Did you mean “office”"):
        site_kind("ofice")
    with pytest.raises(OperatorError, match="cannot be a site's id"):
        site_id("../etc")
