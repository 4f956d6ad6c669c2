"""The middleware around every handler of the viewers' listener: what may come in, what may get out."""

import logging
import re
from collections.abc import Awaitable, Callable

from aiohttp import hdrs, web

from flow.errors import ViewerError
from origin.caching import failure_headers

_LOG = logging.getLogger(__name__)
_TOKEN = re.compile(r"/([cst])/[^/]+")
_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_OPTIONS})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse bodies where none belongs, turn errors into bare statuses, mark every answer.

    A refusal has no body, so it cannot tell what exists elsewhere, nor how the program looks inside.
    """
    try:
        if request.method in _SAFE and request.body_exists:
            # What two servers in a row could read as two different requests is not read at all.
            raise ViewerError(400, "a body where none belongs")  # noqa: TRY301 - one place makes every refusal
        response = await handler(request)
    except ViewerError as error:
        response = _refusal(request, error.status)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        response = _refusal(request, error.status, allow=error.headers.get(hdrs.ALLOW))
    except Exception:  # noqa: BLE001 - the border: whatever went wrong inside, a viewer sees 500 and no more
        _LOG.exception("a request to %s failed", without_token(request.path)[:200])
        response = _refusal(request, 500)
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault(hdrs.SERVER, "xacast")  # else aiohttp names itself, Python and both versions
    return response


def without_token(path: str) -> str:
    """A path as it may be written down: whoever reads a log shall not watch with it (T-15)."""
    return _TOKEN.sub(r"/\1/…", path)


async def unsigned(_request: web.Request, response: web.StreamResponse) -> None:
    """For `app.on_response_prepare`: leave the Server header out altogether."""
    response.headers.pop(hdrs.SERVER, None)


def _refusal(request: web.Request, status: int, *, allow: str | None = None) -> web.Response:
    headers = failure_headers(status)
    if _TOKEN.match(request.path):  # where somebody's own secret stands in the address nothing is ever kept
        headers["Cache-Control"] = "no-store"
    if allow is not None:
        headers[hdrs.ALLOW] = allow
    response = web.Response(status=status, headers=headers)
    if request.body_exists:
        response.force_close()  # the rest of a refused body must not be taken for the next request
    return response
