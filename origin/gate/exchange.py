"""A site's link in a browser: exchanged at once for a cookie, so that it stays neither in the address bar nor in
the list of places that somebody has been to (T-15)."""

from secrets import token_urlsafe

from aiohttp import hdrs, web

from flow.ids import is_id
from flow.stream_token import is_device
from origin.gate.invitations import COOKIE, DEVICE, Invitations
from origin.requests import unknown

KEPT = 400 * 24 * 3600
"""Seconds that a browser keeps the cookie: as long as browsers keep any (RFC 6265bis 5.5)."""

_ONWARD = """<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={to}"><title>xacast</title></head>
<body><a href="{to}">xacast</a></body>
</html>
"""


class Exchange:
    """Handlers of `/t/<site token>`, `/t/<site token>/` and `/t/<site token>/watch/<channel>`."""

    def __init__(self, invitations: Invitations) -> None:
        self._invitations = invitations

    async def home(self, request: web.Request) -> web.Response:
        """To the list of channels."""
        return self._to(request, "/")

    async def watch(self, request: web.Request) -> web.Response:
        """To a channel's page, whether there is one or not: the page says it, or waits for it."""
        channel = request.match_info["channel"]
        if not is_id(channel):
            raise unknown()
        return self._to(request, f"/watch/{channel}")

    def _to(self, request: web.Request, path: str) -> web.Response:
        token = request.match_info["site"]
        if self._invitations.site_of(request) is None:
            raise unknown()
        language = request.query.get("lang")
        to = f"{path}?lang={language}" if language in {"vi", "en"} else path
        response = _onward(to) if _from_elsewhere(request) else _redirect(to)
        response.headers.update({
            "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
        })
        keep(response, request, COOKIE, token)
        if not is_device(request.cookies.get(DEVICE, "")):  # a browser that comes again is the one that it was
            keep(response, request, DEVICE, token_urlsafe(9))
        return response


def keep(response: web.Response, request: web.Request, name: str, value: str) -> None:
    """Have the browser keep a cookie that no script reads and no other server's page sends."""
    response.set_cookie(
        name, value, max_age=KEPT, path="/", httponly=True, samesite="Strict", secure=_by_tls(request),
    )


def _from_elsewhere(request: web.Request) -> bool:
    """Whether another site's page led here. A browser then withholds a strict cookie from all that it is
    redirected to, but not from where a page of ours leads."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def _redirect(to: str) -> web.Response:
    return web.Response(status=303, headers={hdrs.LOCATION: to})


def _onward(to: str) -> web.Response:
    response = web.Response(text=_ONWARD.format(to=to), content_type="text/html", charset="utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    return response


def _by_tls(request: web.Request) -> bool:
    """Whether the browser speaks TLS, to us or to what stands before us. Who lies spoils its own cookie."""
    return request.secure or request.headers.get("X-Forwarded-Proto") == "https"
