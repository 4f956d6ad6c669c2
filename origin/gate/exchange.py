"""A site's link or a code in a browser: exchanged at once for a cookie, so that it stays neither in the address
bar nor in the list of places that somebody has been to (T-15)."""

from secrets import token_urlsafe

from aiohttp import hdrs, web

from flow.guests import Busy, Codes
from flow.ids import is_id
from flow.stream_token import is_device
from origin.gate.clients import client_of
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
    """Handlers of `/t/<site token>`, `/t/<site token>/`, `/t/<site token>/watch/<channel>` and `/c/<code>`."""

    def __init__(self, invitations: Invitations, codes: Codes | None = None) -> None:
        self._invitations = invitations
        self._codes = codes

    async def home(self, request: web.Request) -> web.Response:
        """To the list of channels."""
        return self._to(request, "/")

    async def watch(self, request: web.Request) -> web.Response:
        """To a channel's page, whether there is one or not: the page says it, or waits for it."""
        channel = request.match_info["channel"]
        if not is_id(channel):
            raise unknown()
        return self._to(request, f"/watch/{channel}")

    async def code(self, request: web.Request) -> web.Response:
        """To the list of channels, for a code that is used up by that; with a sentence for what is none."""
        if self._codes is None or request.method != hdrs.METH_GET or "Sec-Purpose" in request.headers:
            raise unknown()  # who only looks what is there, or fetches ahead, uses nothing up
        try:
            token = await self._codes.redeem(request.match_info["code"], client_of(request))
        except Busy:
            return _private(_redirect("/?code=later"))
        if token is None:
            return _private(_redirect("/?code=wrong"))
        return self._known(request, token, "/")

    def _to(self, request: web.Request, path: str) -> web.Response:
        if self._invitations.site_of(request) is None:
            raise unknown()
        return self._known(request, request.match_info["site"], path)

    def _known(self, request: web.Request, token: str, path: str) -> web.Response:
        language = request.query.get("lang")
        to = f"{path}?lang={language}" if language in {"vi", "en"} else path
        response = _private(_onward(to) if _from_elsewhere(request) else _redirect(to))
        keep(response, request, COOKIE, token)
        if not is_device(request.cookies.get(DEVICE, "")):  # a browser that comes again is the one that it was
            keep(response, request, DEVICE, token_urlsafe(9))
        return response


def keep(response: web.Response, request: web.Request, name: str, value: str) -> None:
    """Have the browser keep a cookie that no script reads and no other server's page sends."""
    response.set_cookie(
        name, value, max_age=KEPT, path="/", httponly=True, samesite="Strict", secure=_by_tls(request),
    )


def _private(response: web.Response) -> web.Response:
    response.headers.update({
        "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
    })
    return response


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
