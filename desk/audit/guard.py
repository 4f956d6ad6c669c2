"""Every change that goes through the control API is in the audit before it is done, and how it ended after it.

    {"what": "PATCH /api/v1/channels/{name}", "at": ns, "from": "127.0.0.1", "who", "signed", "why", "on",
     "channel", "asked"}
    {"of": number, "what", "at": ns, "channel", "status": 200, "changed": "delay 900 ms"}

`who` is the account that is `signed` in; of who holds the machine's key, what the command said. An entry without a
second one that names it was broken off. Events tell the same deeds as news, and may be lost;
these may not.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from desk.audit.book import AuditBook
from desk.audit.words import entry_words
from desk.errors import RefusedError
from desk.json_request import sent
from desk.people.person import CONFIRMED, name_of
from flow.errors import OperatorError, ToolError

CHANGED: web.RequestKey[str] = web.RequestKey("changed", str)
"""What is another now, in words: a handler may say so."""
LOOKS = frozenset({hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_OPTIONS})
QUESTIONS = frozenset({"/api/v1/rivals"})
"""What is asked by POST because it is long, and changes nothing."""
SIGN_IN = ("POST", "/api/v1/session")
"""Is told by the handler itself (`desk/audit/sign_ins.py`): tries come by the thousand."""
ORDERS = ("POST", "/api/v1/channels/{name}/commands")
"""Where “preview” changes nothing and “cut” does not wait for the audit; elsewhere the words mean nothing."""
BROKEN_OFF = 499
"""The status of a request whose asker went away; nginx's number for it."""
CUT = "cut"
PATIENCE = 1.0
"""Seconds that “cut” waits for the disk."""
_log = logging.getLogger(__name__)


class AuditGuard:
    """A middleware, behind those that say who may change anything."""

    def __init__(self, book: AuditBook, now_ns: Callable[[], int]) -> None:
        """`now_ns` is the wall clock."""
        self._book = book
        self._now_ns = now_ns

    def middleware(self) -> Middleware:
        """For the operators' listener."""
        @web.middleware
        async def recorded(request: web.Request, handler: Handler) -> web.StreamResponse:
            asked = None if request.method in LOOKS else await _asked(request)
            looks = request.method in LOOKS or _path(request) in QUESTIONS or _order(request, asked) == "preview"
            if looks or (request.method, _path(request)) == SIGN_IN:
                return await handler(request)
            return await self._recorded(request, handler, asked)

        return recorded

    async def _recorded(self, request: web.Request, handler: Handler, asked: object) -> web.StreamResponse:
        words = entry_words(query=request.query, match=request.match_info, path=_path(request), asked=asked)
        what = f"{request.method} {_path(request)}"
        signed = name_of(request)
        entry = {"what": what, "at": self._now_ns(), "from": request.remote or "", **words, "signed": signed}
        entry["who"] = signed or words["who"]
        number = await self._begin(entry, spared=_order(request, asked) == CUT)
        status = 500
        try:
            answer = await handler(request)
        except BaseException as error:
            status = _status(error)
            raise
        else:
            status = answer.status
            return answer
        finally:
            if number:
                await self._end({
                    "what": what, "at": self._now_ns(), "of": number, "channel": words["channel"],
                    "status": status, "changed": request.get(CHANGED, ""),
                    **({"confirmed": request[CONFIRMED]} if CONFIRMED in request else {}),
                })

    async def _begin(self, entry: dict[str, Any], *, spared: bool) -> int:
        """The entry's number; 0 when it could not be written of what is done all the same."""
        writing = asyncio.create_task(asyncio.to_thread(self._book.append, entry))
        writing.add_done_callback(_heard)
        try:
            async with asyncio.timeout(PATIENCE if spared else None):
                return await asyncio.shield(writing)
        except (ToolError, TimeoutError) as error:
            if spared:  # a wrong picture goes off air even with a disk that is full or stands still (T-37)
                trouble = error if isinstance(error, ToolError) else "the disk is slow"
                said = (entry["channel"], entry["who"])
                _log.error("“cut” on %s by %s may not be in the audit: %s", *said, trouble)
                return 0
            problem = "the change is refused: it cannot be put into the audit"
            raise RefusedError(503, problem, f"Make room on the disk, or see why: {error}") from error

    async def _end(self, entry: dict[str, Any]) -> None:
        """It is done: nothing is taken back when this cannot be written."""
        try:
            await asyncio.to_thread(self._book.append, entry)
        except ToolError as error:
            _log.error("how entry %s ended is not in the audit: %s", entry["of"], error)


async def _asked(request: web.Request) -> object:
    """What was sent, when it is JSON; the handler reads it again, and says what is wrong with it."""
    if request.content_type != "application/json" or not request.body_exists:
        return None
    try:
        return await sent(request)
    except ValueError:
        return None


def _heard(writing: asyncio.Task[int]) -> None:
    """Whoever asked may be gone: what went wrong is no surprise to the event loop."""
    if not writing.cancelled():
        writing.exception()


def _order(request: web.Request, asked: object) -> object:
    """What a channel is told to do, where it is told so; None of every other request, whatever its body says."""
    if (request.method, _path(request)) != ORDERS or not isinstance(asked, dict):
        return None
    return asked.get("do")


def _path(request: web.Request) -> str:
    """As the route has it, so that an address with anything in it is no entry of its own."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "(nothing)"


def _status(error: BaseException) -> int:
    match error:
        case RefusedError():
            return error.status
        case OperatorError():
            return 400
        case web.HTTPException():
            return error.status
        case ToolError():
            return 503
        case asyncio.CancelledError():
            return BROKEN_OFF
        case _:
            return 500
