"""How somebody says who he is."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from desk.people.credentials import COOKIE, token_of, with_cookie

COOKIED = {"Cookie": f"{COOKIE}=t", "Host": "desk.vn"}


def given(method: str = "GET", **headers: str) -> str:
    return token_of(make_mocked_request(method, "/", headers=headers))


def test_a_header_says_it_and_no_other_scheme_does() -> None:
    assert given(Authorization="Bearer t") == given("POST", Authorization="bearer t") == "t"
    assert given(Authorization="Basic t") == given(Authorization="t") == given() == ""
    assert given(Authorization="Basic x", **COOKIED) == ""


@pytest.mark.parametrize(("headers", "counts"), [
    ({}, False), ({"Sec-Fetch-Site": "same-origin"}, True), ({"Origin": "https://desk.vn"}, True),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "https://desk.vn"}, True),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.vn"}, False),
    ({"Sec-Fetch-Site": "same-site"}, False), ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "none"}, False), ({"Origin": "null"}, False), ({"Origin": "https://evil.vn"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "https://desk.vn"}, False),
])
def test_a_cookie_changes_nothing_unless_a_page_of_ours_asked(headers: dict[str, str], counts: bool) -> None:
    """T-30."""
    for method in ("POST", "PATCH", "DELETE", "PUT"):
        request = make_mocked_request(method, "/", headers={**COOKIED, **headers})
        assert token_of(request) == ("t" if counts else "")
    assert token_of(make_mocked_request("GET", "/", headers={**COOKIED, **headers})) == "t"


def test_the_cookie_stays_with_this_host_and_its_pages() -> None:
    """T-27: RFC 6265bis, 4.1.3.2."""
    answer = web.Response()
    with_cookie(answer, "t")
    cookie = answer.cookies[COOKIE]
    assert COOKIE.startswith("__Host-")
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
        True, True, "Strict", "/", "",
    )
    with_cookie(answer, "")
    assert answer.cookies[COOKIE]["max-age"] == "0"
