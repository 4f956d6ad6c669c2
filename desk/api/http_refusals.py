"""Refusals of the HTTP library's own, as sentences like all others of the control API."""

from aiohttp import hdrs, web

_LIST = "See GET /api/v1/openapi.json, which lists all there is"


def http_refusal(error: web.HTTPException, request: web.Request) -> web.Response:
    """The answer for an error that aiohttp made; raises the error itself when it is none of the asker's."""
    match error:
        case web.HTTPMethodNotAllowed():
            allowed = ", ".join(sorted(error.allowed_methods))
            # RFC 9110, 15.5.6: such an answer says what is allowed.
            words = ("this address does not take that method", f"It takes {allowed}")
            return _answer(error.status, *words, headers={hdrs.ALLOW: allowed})
        case web.HTTPNotFound():
            return _answer(error.status, f"there is nothing at {request.path[:100]}", _LIST)
        case web.HTTPRequestEntityTooLarge():
            return _answer(error.status, "what was sent is too large", "Send less, or in parts")
        case web.HTTPClientError():
            return _answer(error.status, (error.text or error.reason).strip(), _LIST)
        case _:
            raise error


def _answer(status: int, problem: str, remedy: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"problem": problem, "remedy": remedy}, status=status, headers=headers)
