"""The policy lets a page use what is its own and nothing else."""

from player.security import DIRECTIVES, PAGE_HEADERS, STATIC_HEADERS


def test_nothing_is_allowed_that_is_not_named() -> None:
    """T-31."""
    assert PAGE_HEADERS["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src")
    assert DIRECTIVES["frame-ancestors"] == DIRECTIVES["base-uri"] == "'none'"


def test_no_directive_allows_inline_code_or_another_host() -> None:
    """T-31."""
    sources = {source for value in DIRECTIVES.values() for source in value.split()}
    assert sources == {"'none'", "'self'", "data:", "blob:"}
    assert DIRECTIVES["script-src"] == DIRECTIVES["style-src"] == "'self'"


def test_neither_page_nor_file_is_guessed_at_or_leaks_its_address() -> None:
    """T-15: a page's address may one day hold a token."""
    for headers in (PAGE_HEADERS, STATIC_HEADERS):
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
