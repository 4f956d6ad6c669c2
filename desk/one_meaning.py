"""Requests that another server may read in another way are refused, and their connections end (T-20).

A cache or a proxy in front of a listener reads each request too. Where it and we disagree on where one ends, or
which host it is for, one viewer's bytes become another's request (RFC 9112, 11.2). What aiohttp's parser lets pass
of that ends here, before anybody's credentials are looked at.
"""

from aiohttp import HttpVersion10, HttpVersion11, hdrs, web
from aiohttp.typedefs import Handler

_BODILESS = frozenset({hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_OPTIONS})


def fault_of(request: web.BaseRequest) -> int | None:
    """The status with which a request is refused; None for one that everybody reads alike."""
    if request.version not in {HttpVersion10, HttpVersion11}:
        return 505
    target = request.raw_path
    if not target.startswith("/") and not (target == "*" and request.method == hdrs.METH_OPTIONS):
        return 400  # with a host of its own (RFC 9112, 3.2.2), to be tunnelled, or nothing at all
    headers = request.headers
    if len(headers.getall(hdrs.HOST, ())) != 1 and (request.version == HttpVersion11 or hdrs.HOST in headers):
        return 400
    codings = headers.getall(hdrs.TRANSFER_ENCODING, ())
    if codings and (request.version == HttpVersion10 or hdrs.CONTENT_LENGTH in headers or len(codings) > 1):
        return 400
    if codings and codings[0].strip(" \t").lower() != "chunked":
        return 501  # RFC 9112, 6.1
    if len(headers.getall(hdrs.CONTENT_LENGTH, ())) > 1:
        return 400
    return 400 if request.method in _BODILESS and request.body_exists else None


@web.middleware
async def one_meaning(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse, with a bare status, what is read in two ways."""
    fault = fault_of(request)
    if fault is None:
        return await handler(request)
    refusal = web.Response(status=fault, headers={
        hdrs.CACHE_CONTROL: "no-store", "X-Content-Type-Options": "nosniff",
    })
    refusal.force_close()
    return refusal


async def last_of_its_connection(request: web.Request, response: web.StreamResponse) -> None:
    """For `app.on_response_prepare`: after an answer to who wanted to hear first whether to send a body, or
    to speak something else from there on, nobody can say what the next bytes are."""
    if response.status != 101 and (hdrs.EXPECT in request.headers or hdrs.UPGRADE in request.headers):
        response.force_close()
        response.headers[hdrs.CONNECTION] = "close"  # aiohttp has looked already whether to say so
