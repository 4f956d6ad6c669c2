"""The machines' listener as its router has it: nobody who signs nothing gets anywhere."""

import re
from pathlib import Path

import aiohttp

from desk.machine_key import headers_with, machine_key
from origin.paths import Paths
from tests.desk.access.hall import Hall, hall_in


def routes(hall: Hall) -> list[tuple[str, str]]:
    """Each method and address, with words in the place of names."""
    found = []
    for resource in hall.headend._machines().router.resources():
        paths = resource.patterns if isinstance(resource, Paths) else [resource.canonical]
        methods = {route.method for route in resource} - {"*"} or {"GET"}
        found += [(method, re.sub(r"{[^}]*}", "mo", path)) for path in paths for method in methods]
    return sorted(found)


async def test_every_route_of_the_machines_listener_is_shut_to_who_signs_nothing(tmp_path: Path) -> None:
    """T-29: also to who knows the key and only shows it, to who says that he is somebody, and to one who asks for
    a socket; and an address that there is not says no more than one that there is."""
    async with hall_in(tmp_path) as hall, aiohttp.ClientSession() as session:
        ports = hall.headend.ports
        assert ports is not None
        tried = routes(hall)
        assert len(tried) > 15
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
                   "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
        for method, path in [*tried, ("GET", "/none"), ("POST", "/api/v1/channels")]:
            for said in ({}, headers_with(machine_key(tmp_path)), {"Authorization": "Xacast this"}, upgrade,
                         {"X-Forwarded-For": "127.0.0.1", "Host": "localhost"}):
                address = f"{ports.machines.url}{path}"
                async with session.request(method, address, headers=said, allow_redirects=False) as answer:
                    assert answer.status == 401, (method, path, said)
                    assert len(await answer.read()) < 200
