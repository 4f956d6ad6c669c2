"""Who gets in where: every route of the operators' listener, asked by everybody (T-28).

    python -m tests.desk.people.matrix     writes `matrix.txt` anew; read the difference before you keep it

The real application runs, with all its guards; behind them nothing is done, so that each question finds the same
desk. A cell is `in`, or the status of the refusal.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiohttp
from aiohttp import web

from desk.audit.book import AuditBook
from desk.database.database import Database
from desk.headend import Headend
from desk.machine_key import headers_with, machine_key
from desk.people.account import Account
from desk.people.rights import RIGHTS, WORDS, Scope
from desk.people.role import Role
from desk.people.session import IDLE_S
from desk.settings import Settings
from tests.desk.people.desk import PASSWORD, bearer, cheap
from tests.desk.people.listener import FREE
from tests.desk.register.filled import a_site, fill
from tests.recorded.builder import EPOCH
from tests.recorded.clock import SteppedClock

FILE = Path(__file__).with_name("matrix.txt")
OWN, OTHER, COUNTRY = PLACES = ("01", "19", "")
PLACE_WORDS = {OWN: "own", OTHER: "other", COUNTRY: "country"}
PEOPLE = {
    f"{role.word} {PLACE_WORDS[place]}": (role, place) for role in Role for place in PLACES
}
NOBODIES = ("nobody", "forged", "expired", "disabled")
CALLERS = (*NOBODIES, "key", *PEOPLE)
THINGS: Mapping[str, Mapping[str, Any]] = {
    "of 01": {
        "name": "hanoi", "programme": "p1", "site": "s00004", "region": "00004", "account": "things-of-01",
        "document": "1", "number": "1", "machine": "edge-1",
    },
    "country's": {
        "name": "hop", "programme": "p2", "site": "pm", "region": "vn", "account": "things-of-all", "number": "1",
        "document": "1", "machine": "edge-1",
    },
}
Table = dict[tuple[str, str, str], dict[str, str]]
"""Cells by caller, of each method, path and thing."""


@asynccontextmanager
async def asking(data: Path) -> AsyncIterator[tuple[aiohttp.ClientSession, str, dict[str, dict[str, str]]]]:
    """A desk with everybody signed in: who asks, where, and the headers of each caller."""
    settings = Settings(data=data, viewers=FREE, operators=FREE, machines=FREE)
    fill(Database.open(settings.register), a_site(), a_site("pm", "vn")).close()
    clock = SteppedClock(wall_units=EPOCH)
    headend = Headend(settings=settings, clock=clock)
    people = headend.people.people
    people.hashing.close()
    people.hashing = cheap()
    ports = await headend.start()
    key = headers_with(machine_key(data))
    headers = {"nobody": {}, "forged": bearer("a" * 43), "key": key}
    async with aiohttp.ClientSession() as session:
        for things, region in (("of 01", OWN), ("country's", COUNTRY)):
            await _make(session, ports.operators.url, key, THINGS[things], region)

        async def signed_in(name: str, role: Role, region: str) -> dict[str, str]:
            await people.add(Account(name=name, role=role, region=region), PASSWORD)
            return bearer((await people.sign_in(name, PASSWORD, address=name))[0])

        headers["expired"] = await signed_in("expired", Role.ADMINISTRATOR, COUNTRY)
        clock.advance(IDLE_S)
        for caller, (role, region) in PEOPLE.items():
            headers[caller] = await signed_in(caller.replace(" ", "-"), role, region)
        headers["disabled"] = await signed_in("disabled", Role.ADMINISTRATOR, COUNTRY)
        await people.change(replace(people.account("disabled"), enabled=False))
        yield session, ports.operators.url, headers
    await headend.stop()


async def _make(
    session: aiohttp.ClientSession, url: str, key: dict[str, str], things: Mapping[str, Any], region: str,
) -> None:
    sent = {
        "channels": {"name": things["name"], "feeds": ["testcard:"], "ladder": "tiny", "region": region},
        "programmes": {
            "channel": things["name"], "title": "Giao ban", "start": "2030-11-24 08:00", "lasting_s": 60,
            "audience": "national",
        },
        "accounts": {"name": things["account"], "region": region, "password": PASSWORD},
    }
    for kind, words in sent.items():
        async with session.post(f"{url}/api/v1/{kind}", json=words, headers=key) as answer:
            assert answer.status == 201, await answer.text()


async def table(data: Path) -> Table:
    """The whole of it, asked for."""
    found: Table = {}
    async with asking(data) as (session, url, headers):
        with (
            patch("aiohttp.web_urldispatcher.ResourceRoute.handler", property(lambda _route: _in)),
            patch.object(AuditBook, "append", lambda _self, _entry: 1),
        ):
            for method, path in sorted(RIGHTS, key=lambda route: (route[1], route[0])):
                for thing, named, sent in _asked(method, path):
                    cells = await _row(session, url, headers, method, path, THINGS[named], THINGS[sent])
                    found[method, path, thing] = cells
    return found


async def _in(_request: web.Request) -> web.StreamResponse:
    return web.Response(status=299)


def _asked(method: str, path: str) -> list[tuple[str, str, str]]:
    """What a route is asked about: what the table calls it, whose thing is in the address, whose is sent."""
    right = RIGHTS[method, path]
    if right.scope not in WORDS and not right.sent:
        return [("-", "of 01", "of 01")]
    both = [("with another's", "of 01", "country's")] if right.scope in WORDS and right.sent else []
    return [("of 01", "of 01", "of 01"), *both, ("country's", "country's", "country's")]


async def _row(
    session: aiohttp.ClientSession, url: str, headers: dict[str, dict[str, str]], method: str, path: str,
    words: Mapping[str, Any], others: Mapping[str, Any],
) -> dict[str, str]:
    sent: dict[str, Any] = {}
    for key, scope in RIGHTS[method, path].sent.items():
        thing = f"new-{others['name']}" if scope is Scope.NAME else others[WORDS[scope]]
        sent[key] = [thing] if key.endswith("s") else thing
    cells = {}
    for caller in CALLERS:
        asked = session.request(
            method, url + path.format(**words), headers=headers[caller], json=sent if method != "GET" else None,
        )
        async with asked as answer:
            cells[caller] = "in" if answer.status == 299 else str(answer.status)
    return cells


def written(found: Table) -> str:
    """As the file has it: a line for each route and thing."""
    width = max(len(f"{method} {path}") for method, path, _ in found)
    heads = [*NOBODIES, "key", *(f"{role.word} own/other/country" for role in Role)]
    lines = ["  ".join([f"{'ROUTE':{width}}", f"{'THING':14}", *heads])]
    for (method, path, thing), cells in found.items():
        grouped = [f"{cells[one]:{len(one)}}" for one in (*NOBODIES, "key")]
        for role in Role:
            three = "/".join(cells[f"{role.word} {PLACE_WORDS[place]}"] for place in PLACES)
            grouped.append(f"{three:{len(role.word) + 18}}")
        lines.append("  ".join([f"{f'{method} {path}':{width}}", f"{thing:14}", *grouped]).rstrip())
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        FILE.write_text(written(asyncio.run(table(Path(folder)))))
