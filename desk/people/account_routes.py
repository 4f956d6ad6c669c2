"""Accounts over the control API, for administrators.

    GET   /api/v1/accounts                   {"accounts": [account, …]}, of the caller's part of the country
    POST  /api/v1/accounts                   {"name", "role", "region", "password"} -> 201, account
    GET   /api/v1/accounts/<name>            {"name", "role", "region", "enabled", "once", "locked_s", "sessions"}
    PATCH /api/v1/accounts/<name>            {"role", "region", "enabled"}, some of them -> account
    POST  /api/v1/accounts/<name>/password   -> account, with a "password" to be used once
    POST  /api/v1/accounts/<name>/unlock     tries that were wrong are forgotten -> account

Without a password a new account gets one to be used once; it is told this once. `region` is a code or a name,
empty for the country. What changes something takes "who" and "why" too.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiohttp import web

from desk.audit.guard import CHANGED
from desk.errors import RefusedError
from desk.json_request import json_of
from desk.people.account import Account, account_name, account_role
from desk.people.people import People
from desk.people.person import Person, person_of
from desk.people.role import Role
from desk.said import said_in
from flow.errors import OperatorError
from flow.nearest import remedy_for

_KINDS: dict[str, type] = {"name": str, "role": str, "region": str, "password": str, "enabled": bool}
_NEW, _CHANGES = ("name", "role", "region", "password"), ("role", "region", "enabled")
_NO_STORE = {"Cache-Control": "no-store"}


class AccountRoutes:
    """The handlers."""

    def __init__(
        self, people: People, region: Callable[[str], Awaitable[str]], steady: Callable[[], int],
    ) -> None:
        """`region` finds a code, `steady` is in seconds of a clock that only goes forward."""
        self._people = people
        self._region = region
        self._steady = steady

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        one = "/api/v1/accounts/{account}"
        return [
            web.get("/api/v1/accounts", self.index), web.post("/api/v1/accounts", self.add),
            web.get(one, self.show), web.patch(one, self.change),
            web.post(f"{one}/password", self.renew), web.post(f"{one}/unlock", self.unlock),
        ]

    async def index(self, request: web.Request) -> web.Response:
        """Those of the caller's part of the country."""
        holds = person_of(request).holds
        found = [self._shown(one) for one in self._people.memory.accounts.values() if holds(one.region)]
        return web.json_response({"accounts": found}, headers=_NO_STORE)

    async def show(self, request: web.Request) -> web.Response:
        """One."""
        return web.json_response(self._shown(self._named(request)), headers=_NO_STORE)

    async def add(self, request: web.Request) -> web.Response:
        """A new one."""
        words, person = await _words(request, _NEW), person_of(request)
        account = Account(
            name=account_name(words.get("name")), role=account_role(words.get("role", Role.VIEWER.word)),
            region=await self._region(words.get("region", "")) or person.region,
        )
        told = await self._people.add(account, words.get("password", ""))
        request[CHANGED] = _said(account)
        return self._answer(account.name, told, 201)

    async def change(self, request: web.Request) -> web.Response:
        """Other words of one."""
        words, before = await _words(request, _CHANGES), self._named(request)
        if not words:
            problem = "nothing is to be changed"
            raise OperatorError(problem, f"Send one of {', '.join(_CHANGES)}")
        _not_oneself(before, person_of(request))
        after = replace(
            before, role=account_role(words.get("role", before.role.word)),
            region=await self._region(words["region"]) if "region" in words else before.region,
            enabled=words.get("enabled", before.enabled),
        )
        await self._people.change(after, before)
        request[CHANGED] = _said(after)
        return self._answer(after.name, "", 200)

    async def renew(self, request: web.Request) -> web.Response:
        """A password to be used once."""
        await _words(request, ())
        account = self._named(request)
        return self._answer(account.name, await self._people.renew(account), 200)

    async def unlock(self, request: web.Request) -> web.Response:
        """It may be tried again."""
        await _words(request, ())
        account = self._named(request)
        _not_oneself(account, person_of(request))
        self._people.tries.unlock(account.name)
        return self._answer(account.name, "", 200)

    def _named(self, request: web.Request) -> Account:
        return self._people.account(request.match_info["account"])

    def _answer(self, name: str, password: str, status: int) -> web.Response:
        told = self._shown(self._people.account(name))
        return web.json_response(
            {**told, "password": password} if password else told, status=status, headers=_NO_STORE,
        )

    def _shown(self, one: Account) -> dict[str, Any]:
        return {
            "name": one.name, "role": one.role.word, "region": one.region, "enabled": one.enabled,
            "once": one.once,
            "locked_s": self._people.tries.locked_s(one.name, self._steady()),
            "sessions": len(self._people.memory.of(one.name)),
        }


def _not_oneself(account: Account, person: Person) -> None:
    if account.name == person.name and not person.local:
        problem = "this is done by another administrator, not for oneself"
        raise RefusedError(403, problem, "Ask another, or who runs xacast on this machine")


def _said(account: Account) -> str:
    where = account.region or "the country"
    return f"{account.name}: {account.role.word} of {where}{'' if account.enabled else ', disabled'}"


async def _words(request: web.Request, known: tuple[str, ...]) -> dict[str, Any]:
    """What was sent, without who and why; raises OperatorError."""
    words = await json_of(request) if request.body_exists else {}
    if not isinstance(words, dict):
        problem = "what was sent is no JSON object"
        raise OperatorError(problem, "Send one JSON object")
    said_in(words)
    given = {key: value for key, value in words.items() if key not in {"who", "why"}}
    for key, value in given.items():
        if key not in known or type(value) is not _KINDS[key]:
            problem = f"“{str(key)[:40]}” of an account cannot be that here"
            remedy = remedy_for(str(key)[:40], known) if known else "Send who and why, or nothing"
            raise OperatorError(problem, remedy)
    return given
