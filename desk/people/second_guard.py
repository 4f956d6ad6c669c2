"""Asks for a second operator before what is on air is changed, where the two-person rule holds.

    POST …                            -> 428, {"problem", "remedy", "confirm": 7}: nothing is done
    POST /api/v1/confirmations/7      by another: yes
    POST …, `Xacast-Confirm: 7`       the same request again; waits for the yes, and is done with it

What is done is done by who asked, when he asks again: who goes away meanwhile has changed nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from desk.audit.words import entry_words
from desk.errors import RefusedError
from desk.json_request import json_of
from desk.people.person import CONFIRMED, Person, person_of
from desk.people.rights import right_of
from desk.people.second import SECOND_NEEDED, WITHIN_S, Ask, Asks, Rule, begins, digest_of, needs_second, plans
from desk.said import said_in
from flow.errors import OperatorError
from flow.json_words import read_json

if TYPE_CHECKING:
    from desk.programmes.foresight import Foresight

Foresee = Callable[[dict[str, Any], str, str, str], Awaitable["Foresight | None"]]
"""What comes of words, for a channel or for a programme, as somebody of a region sends them."""
HEADER = "Xacast-Confirm"
_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_OPTIONS})


class SecondGuard:
    """A middleware behind the audit, and the routes of those who say yes."""

    def __init__(
        self, rule: Rule, *, on: Callable[[str, bool], bool], channel: Callable[[str], Awaitable[str | None]],
        steady: Callable[[], int], foreseen: Foresee,
        soon: Callable[[str, bool], bool] = lambda _channel, _national: False,
    ) -> None:
        """`on` says whether a programme is on a channel, one for all sites if that is asked, `soon` whether one is
        that could be begun early; `channel` which one a programme is on, and `foreseen` what would come of words.
        `steady` is in seconds of a clock that only goes forward."""
        self.rule = rule
        """May be another from one request to the next."""
        self._on = on
        self._soon = soon
        self._channel = channel
        self._foreseen = foreseen
        self._steady = steady
        self._asks = Asks()
        self._said = asyncio.Condition()

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [
            web.get("/api/v1/confirmations", self.index),
            web.post("/api/v1/confirmations/{number}", self.confirm),
        ]

    def middleware(self) -> Middleware:
        """For the operators' listener."""
        @web.middleware
        async def twofold(request: web.Request, handler: Handler) -> web.StreamResponse:
            if self.rule is Rule.OFF or request.method in _SAFE:
                return await handler(request)
            ask = await self._asked(request)
            if ask is None:
                return await handler(request)
            if HEADER not in request.headers:
                return self._told(ask)
            request[CONFIRMED] = await self._awaited(request, ask)
            return await handler(request)

        return twofold

    async def _asked(self, request: web.Request) -> Ask | None:
        """What needs a second; None for all else."""
        resource = request.match_info.route.resource
        path = resource.canonical if resource else ""
        words = await _words(request)
        if not needs_second(request.method, path, words):
            return None
        channel = await self._concerned(request, path, words)
        if not channel:
            return None
        said = entry_words(query=request.query, match=request.match_info, path=path, asked=words)
        body = await request.read() if request.body_exists else b""
        return Ask(
            number=0, who=person_of(request).name, method=request.method, path=path, channel=channel,
            digest=digest_of(request.method, request.path_qs, body), asked=said["asked"],
        )

    async def _concerned(self, request: web.Request, path: str, words: dict[str, Any]) -> str:
        """The channel for which the rule holds now, or by what would begin on it; empty when it holds for none."""
        national, method = self.rule is Rule.NATIONAL, request.method
        programme = request.match_info.get("programme", "")
        channel = request.match_info.get("name", "")
        if programme:
            channel = await self._channel(programme) or ""
        elif (method, path) == ("POST", "/api/v1/channels"):
            channel = str(words.get("name", ""))
        if channel and self._on(channel, national):
            return channel
        if begins(method, path, words):
            return channel if self._soon(channel, national) else ""
        if not plans(method, path, words):
            return ""
        comes = await self._foreseen(words, "" if programme else channel, programme, person_of(request).region)
        return comes.channel if comes and (comes.national or not national) else ""

    def _told(self, ask: Ask) -> web.Response:
        made = self._asks.add(ask, self._steady())
        if made is None:
            problem = "too many changes wait for a second operator"
            raise RefusedError(503, problem, "Confirm them, or wait a minute")
        return web.json_response({
            "problem": f"a programme is on {made.channel}, or would be: a second operator confirms this",
            "remedy": f"Another account says `xacast confirm {made.number}` within {WITHIN_S} s",
            "confirm": made.number,
        }, status=SECOND_NEEDED)

    async def _awaited(self, request: web.Request, ask: Ask) -> str:
        """Who confirmed; raises RefusedError when nobody does in time."""
        text = request.headers[HEADER]
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        found = self._asks.get(number, self._steady())
        if found is None or (found.who, found.digest) != (ask.who, ask.digest):
            problem = "this is not what was to be confirmed, or its time is over"
            raise RefusedError(409, problem, "Ask again, without a number")
        async with self._said:
            while found is not None and not found.by:
                try:
                    async with asyncio.timeout(self._left(found)):
                        await self._said.wait()
                except TimeoutError:
                    break
                found = self._asks.get(number, self._steady())
        if found is None or not found.by:
            self._asks.done(number)
            problem = "nobody confirmed it: nothing was changed"
            raise RefusedError(409, problem, "Ask again; `xacast cut` takes a wrong picture off without a second")
        self._asks.done(number)
        return found.by

    def _left(self, ask: Ask) -> float:
        """Seconds."""
        return float(max(0, ask.until_s - self._steady()))

    async def index(self, request: web.Request) -> web.Response:
        """What waits, in the caller's part of the country."""
        person, now = person_of(request), self._steady()
        found = [
            {
                "number": one.number, "who": one.who, "what": f"{one.method} {one.path}", "channel": one.channel,
                "asked": one.asked, "left_s": one.until_s - now, "mine": one.who == person.name,
            }
            for one in self._asks.waiting(now) if person.runs(one.channel)
        ]
        return web.json_response({"waiting": found}, headers={"Cache-Control": "no-store"})

    async def confirm(self, request: web.Request) -> web.Response:
        """A second says yes: another account, with the right to do it himself."""
        if request.body_exists:
            words = await json_of(request)
            said_in(words if isinstance(words, dict) else {})
        person, text = person_of(request), request.match_info["number"]
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        found = self._asks.get(number, self._steady())
        if found is None or found.by or not person.runs(found.channel):
            problem = f"nothing waits under the number {text[:10]}"
            raise RefusedError(404, problem, "`xacast confirm` shows what waits")
        _check_second(found, person)
        self._asks.confirm(found, person.name)
        async with self._said:
            self._said.notify_all()
        return web.json_response({"confirmed": number, "who": found.who, "channel": found.channel})


def _check_second(ask: Ask, person: Person) -> None:
    right = right_of(ask.method, ask.path)
    if person.local:  # whoever asked may have sat down there
        problem = "a second operator is an account that is signed in"
        raise RefusedError(403, problem, "Sign in with `xacast login`")
    if person.name == ask.who:
        problem = "a second operator is another one"
        raise RefusedError(403, problem, "Ask a colleague")
    if right is None or person.role < right.role:
        problem = f"{person.name} may not do this, and so not confirm it"
        raise RefusedError(403, problem, "Ask a colleague who may")


async def _words(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json" or not request.body_exists:
        return {}
    try:
        words = read_json(await request.text())
    except (ValueError, OperatorError):
        return {}
    return words if isinstance(words, dict) else {}
