"""What is kept of a link."""

from desk.access.tables import site_browser, site_code, site_link


def test_no_token_is_kept() -> None:
    """T-14: only its digest, which opens nothing."""
    assert set(site_link.c.keys()) == {"site", "digest", "void_until_s", "changed_ns", "devices"}
    assert set(site_code.c.keys()) == {"digest", "site", "until_s"}
    assert set(site_browser.c.keys()) == {"digest", "site", "created_ns"}
