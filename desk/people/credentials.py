"""How somebody says who he is: the machine's key or a session's token in a header, or the cookie of a browser.

A browser sends a cookie whatever page asked for it; so a cookie counts for what changes something only when the
browser says that a page of ours asked (T-30: Origin, RFC 6454; Sec-Fetch-Site, W3C Fetch Metadata). `__Host-`
binds it to this host, TLS and all paths (RFC 6265bis, 4.1.3.2).
"""

from aiohttp import hdrs, web

from desk.people.session import LONGEST_S

COOKIE = "__Host-xacast"
_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})


def token_of(request: web.Request) -> str:
    """The token of a session, from the header or, where it counts, from the cookie; else empty."""
    scheme, _, given = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    if given:
        return given if scheme.lower() == "bearer" else ""
    return request.cookies.get(COOKIE, "") if request.method in _SAFE or own_page(request) else ""


def own_page(request: web.Request) -> bool:
    """Whether the browser says that a page of this address asked."""
    said = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get(hdrs.ORIGIN)
    host = request.headers.get(hdrs.HOST, "")
    ours = origin is not None and bool(host) and origin.partition("://")[2] == host
    return (said == "same-origin" and (origin is None or ours)) or (said is None and ours)


def with_cookie(answer: web.StreamResponse, token: str) -> None:
    """Give the browser the token; an empty one takes it away."""
    answer.set_cookie(
        COOKIE, token, max_age=LONGEST_S if token else 0, path="/", secure=True, httponly=True, samesite="Strict",
    )
