"""What a page tells a site."""

from flow.occasion import Occasion


def test_who_is_no_site_is_told_nothing() -> None:
    assert Occasion() == Occasion(site="", now=None, ended=None)
