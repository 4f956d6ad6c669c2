"""Who may speak to the listeners that have no credentials yet: programs on this machine, and no web page.

A page from anywhere can make the browser on this machine send requests here. Its host name then stands in `Host`
(DNS rebinding; with TLS no browser comes by it, since our certificate has not that name), or the browser says
where the request comes from: an old one in `Origin` alone (T-30, T-45).
"""

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from desk.listener import Listener, is_loopback


def is_local(host: str) -> bool:
    """Whether a `Host` header names this machine's loopback."""
    complete = host if ":" in host.rpartition("]")[2] else f"{host}:80"
    try:
        return is_loopback(Listener.parse(complete).host)
    except ValueError:
        return False


@web.middleware
async def local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses requests that a foreign page may have caused."""
    if not request.secure and not is_local(request.headers.get(hdrs.HOST, "")):
        raise web.HTTPForbidden(text="this address is spoken to as 127.0.0.1 or localhost\n")
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        raise web.HTTPForbidden(text="not from another site's page\n")
    # https://fetch.spec.whatwg.org/#origin-header: scheme and host, or “null”.
    origin, host = request.headers.get(hdrs.ORIGIN), request.headers.get(hdrs.HOST, "")
    if origin is not None and origin not in {f"http://{host}", f"https://{host}"}:
        raise web.HTTPForbidden(text="not from another site's page\n")
    return await handler(request)
