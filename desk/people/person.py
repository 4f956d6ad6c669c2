"""Who asks, as the handlers of the operators' listener know it."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from desk.people.role import Role


def _everywhere(_thing: str) -> bool:
    return True


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody signed in; `local` is who holds this machine's key, and has no account. `region` as an account's.

    `holds` says whether a region (empty for the country) is the person's, `runs` whether a channel is; `still`
    whether he is signed in even now, for what lasts.
    """

    name: str
    role: Role
    region: str = ""
    local: bool = False
    holds: Callable[[str], bool] = _everywhere
    runs: Callable[[str], bool] = _everywhere
    still: Callable[[], bool] = _always


LOCAL = Person(name="local", role=Role.ADMINISTRATOR, local=True)
PERSON: web.RequestKey[Person] = web.RequestKey("person", Person)
CONFIRMED: web.RequestKey[str] = web.RequestKey("confirmed", str)
"""The account that said yes where two are needed."""


def person_of(request: web.Request) -> Person:
    """Who asks; without a guard before the handler, who holds the machine's key."""
    person: Person = request.get(PERSON, LOCAL)
    return person


def name_of(request: web.Request) -> str:
    """The account that asks; empty for who holds the machine's key, or where nobody is asked for a name."""
    person = person_of(request)
    return "" if person.local else person.name
