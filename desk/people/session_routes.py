"""Signing in and out over the control API.

    GET    /api/v1/session            who asks: {"name", "role", "region", "local", "once", "until"}
    POST   /api/v1/session            {"name", "password", "cookie": false} -> 201, the same with "token"; a
                                      browser that says "cookie" gets that in its place
    DELETE /api/v1/session?everywhere=   sign out, here or wherever the account is signed in -> {"ended": count}
    POST   /api/v1/session/password   {"old", "new"} -> who asks; other sessions of the account end

Signing in makes a new token each time, and ends the session that it was asked with: nobody can hand another a
session that he knows (T-27).
"""

from collections.abc import Callable
from typing import Any, NoReturn

from aiohttp import web

from desk.audit.sign_ins import SignIns
from desk.errors import RefusedError
from desk.json_request import json_of
from desk.people.account import Account
from desk.people.credentials import token_of, with_cookie
from desk.people.guard import SESSION
from desk.people.people import People
from desk.people.person import Person, person_of
from desk.people.session import IDLE_S, LONGEST_S, Session
from flow.errors import OperatorError
from flow.timebase import units_of_ns, utc_text

_NO_STORE = {"Cache-Control": "no-store"}


class SessionRoutes:
    """The handlers."""

    def __init__(self, people: People, audit: SignIns, person: Callable[[Account, Session], Person]) -> None:
        """`person` is who an account is, by a session."""
        self._people = people
        self._audit = audit
        self._person = person

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [
            web.get("/api/v1/session", self.show), web.post("/api/v1/session", self.sign_in),
            web.delete("/api/v1/session", self.sign_out), web.post("/api/v1/session/password", self.choose),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """Who asks."""
        return web.json_response(self._shown(person_of(request), request.get(SESSION)), headers=_NO_STORE)

    async def sign_in(self, request: web.Request) -> web.Response:
        """A session for who knows the password."""
        words = await json_of(request)
        name, password = _texts(words, "name", "password")[0], words["password"]
        cookie = words.get("cookie", False)
        if not isinstance(cookie, bool):
            problem = "“cookie” is neither true nor false"
            raise OperatorError(problem, "Send true for a browser, else leave it out")
        address = request.remote or ""
        try:
            token, account = await self._people.sign_in(name, password, address=address, ends=token_of(request))
        except RefusedError as error:
            await self._audit.refused(name, address, error.status)
            raise
        try:
            await self._audit.came(account.name, address)
        except OperatorError:
            await self._end(token)
            raise
        session = (await self._people.signed_in(token) or _gone())[1]
        told = self._shown(self._person(account, session), session)
        shown = told if cookie else {**told, "token": token}
        answer = web.json_response(shown, status=201, headers=_NO_STORE)
        if cookie:
            with_cookie(answer, token)
        return answer

    async def _end(self, token: str) -> None:
        if found := await self._people.signed_in(token):
            await self._people.sign_out(found[1])

    async def sign_out(self, request: web.Request) -> web.Response:
        """End it."""
        if request.body_exists:
            await json_of(request)  # a form on a foreign page cannot send this (T-30)
        everywhere = request.query.get("everywhere", "") not in {"", "0", "no"}
        ended = await self._people.sign_out(_session(request), everywhere=everywhere)
        answer = web.json_response({"ended": ended}, headers=_NO_STORE)
        with_cookie(answer, "")
        return answer

    async def choose(self, request: web.Request) -> web.Response:
        """Another password."""
        old, new = _texts(await json_of(request), "old", "new")
        session = _session(request)
        account = self._people.account(session.account)
        await self._people.choose(account, session, old, new, address=request.remote or "")
        return web.json_response(self._shown(person_of(request), session), headers=_NO_STORE)

    def _shown(self, person: Person, session: Session | None) -> dict[str, Any]:
        account = self._people.memory.accounts.get(person.name) if session else None
        until = min(session.made_s + LONGEST_S, session.seen_s + IDLE_S) if session else None
        return {
            "name": person.name, "role": person.role.word, "region": person.region, "local": person.local,
            "once": account is not None and account.once,
            "until": None if until is None else utc_text(units_of_ns(until * 1_000_000_000)),
        }


def _gone() -> NoReturn:
    problem = "the session is over already"
    raise RefusedError(401, problem, "Sign in again")


def _session(request: web.Request) -> Session:
    found = request.get(SESSION)
    if not isinstance(found, Session):
        problem = "who holds this machine's key is not signed in"
        raise RefusedError(409, problem, "Sign in with `xacast login` first")
    return found


def _texts(words: object, *keys: str) -> list[str]:
    given = words if isinstance(words, dict) else {}
    texts = [given.get(key) for key in keys]
    if not all(isinstance(text, str) for text in texts):
        problem = f"{' or '.join(keys)} is missing"
        raise OperatorError(problem, f"Send one JSON object with {' and '.join(keys)}")
    return [str(text) for text in texts]
