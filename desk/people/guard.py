"""Who may do what at the operators' listener: asked before anything is done, by the table of rights alone.

A thing of elsewhere does not exist for who asks: the answer is that of a thing that never was (T-28).
"""

from typing import Any

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from desk.errors import RefusedError
from desk.json_request import sent
from desk.listener import is_loopback
from desk.machine_key import FILE, has_key
from desk.people.credentials import token_of
from desk.people.people import People
from desk.people.person import LOCAL, PERSON, Person
from desk.people.places import Places
from desk.people.rights import WORDS, Right, Scope, right_of

SESSION: web.RequestKey[Any] = web.RequestKey("session", object)
"""The session by which who asks is signed in; nothing for who holds the machine's key."""
OWN = frozenset({"/api/v1/session", "/api/v1/session/password"})
"""All that may be asked with a password that was made for one use."""


class PeopleGuard:
    """A middleware, behind those that turn foreign pages away."""

    def __init__(self, people: People, places: Places, key: str) -> None:
        """`key` is the machine's."""
        self._people = people
        self._places = places
        self._key = key

    def middleware(self) -> Middleware:
        """For the operators' listener."""
        @web.middleware
        async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
            resource = request.match_info.route.resource
            if resource is None:  # no such address: that is all there is to say
                return await handler(request)
            right = right_of(request.method, resource.canonical)
            if right is None:
                problem = "this address is nobody's"
                raise _forbidden(problem)
            await self._check(request, right)
            return await handler(request)

        return guarded

    async def _check(self, request: web.Request, right: Right) -> None:
        person = await self._who(request)
        if person is not None:
            request[PERSON] = person
        if right.scope is Scope.ANYBODY or (right.scope is Scope.MACHINE and _here(request)):
            return
        if person is None:
            problem = "you are not signed in, or not any more"
            remedy = (
                "Sign in with `xacast login`, or run the command as the user that runs xacast, with XACAST_DATA "
                f"naming its data directory, where {FILE} is"
            )
            raise RefusedError(401, problem, remedy)
        if person.role < right.role:
            problem = f"this is for the role {right.role.word}, and {person.name} is {person.role.word}"
            raise _forbidden(problem)
        if person.region:
            await self._check_place(request, right, person)

    async def _who(self, request: web.Request) -> Person | None:
        if has_key(request, self._key):
            return LOCAL
        found = await self._people.signed_in(token_of(request))
        if found is None:
            return None
        account, session = found
        request[SESSION] = session
        resource = request.match_info.route.resource
        if account.once and (resource is None or resource.canonical not in OWN):
            problem = "the password was made for one use"
            raise RefusedError(403, problem, "Choose one of your own with `xacast login`")
        return self._places.person(account, session)

    async def _check_place(self, request: web.Request, right: Right, person: Person) -> None:
        """Raises RefusedError for a thing that is not in the person's part of the country."""
        if right.scope in {Scope.COUNTRY, Scope.MACHINE}:
            problem = f"this is the whole country's, and {person.name} has a part of it"
            raise _forbidden(problem)
        if right.scope in WORDS:
            await self._places.check(right.scope, request.match_info[WORDS[right.scope]], person)
        if not right.sent:
            return
        words = await _sent(request)
        for key, scope in right.sent.items():
            for one in _named(words.get(key), request.method):
                await self._places.check(scope, one, person)


def _named(value: object, method: str) -> list[str]:
    """What a word names; what is no text is the handler's to refuse."""
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    left_out = not isinstance(value, str) or (value == "" and method == hdrs.METH_POST)
    return [] if left_out else [str(value)]


async def _sent(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json" or not request.body_exists:
        return {}
    try:
        words = await sent(request)
    except ValueError:
        return {}
    return words if isinstance(words, dict) else {}


def _here(request: web.Request) -> bool:
    """Whether a program of this machine asks, at an address that this machine alone has."""
    place = request.transport.get_extra_info("sockname") if request.transport else None
    return place is not None and is_loopback(str(place[0])) and is_loopback(request.remote or "")


def _forbidden(problem: str) -> RefusedError:
    return RefusedError(403, problem, "Ask an administrator; `xacast whoami` says what you may do")
