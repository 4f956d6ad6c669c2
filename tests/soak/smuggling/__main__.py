"""Requests with another hidden in them, at every listener and through nginx (T-20).

    python -m tests.soak.smuggling

Each of some 700 vectors goes to the listeners of viewers, operators (with and without a key) and machines of a
headend, then through a real nginx that keeps its connections to the viewers' listener, once with whole bodies
and once with bodies as they come. No hidden request may be answered, no answer be 500, no connection stay open.
nginx reads some vectors as two honest requests; so behind it the listener must have taken exactly as many requests
as nginx has passed on, and every honest request that follows must get its own answer. Exit 1 otherwise. Without
nginx on the machine it says that this half was not run.
"""

import asyncio
import logging
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tests.desk.access.hall import Hall, hall_in
from tests.desk.smuggling.odd_vectors import FAMILIES
from tests.desk.smuggling.places import SECRET, places_of
from tests.desk.smuggling.vectors import Place, Vector, honest, vectors
from tests.desk.smuggling.wire import answers, statuses, tried
from tests.soak.smuggling.nginx import installed, nginx, passed_on

_PLAIN = {500, 502, 503, 504}


async def through(port: int, place: Place, sent: Sequence[Vector]) -> list[str]:
    """What is wrong behind a proxy, which may make one honest request of an odd one."""
    found = []
    for vector in sent:
        heard = await answers(port, vector.sent)
        told = f"{vector.family}, {vector.name}"
        final = statuses(heard or b"")
        if heard is None:
            found.append(f"{told}: is left open")
        if _PLAIN & {*final}:
            found.append(f"{told}: is answered {final}")
        after = statuses(await answers(port, place.hidden + place.end) or b"")
        if after != [200, 404]:
            found.append(f"{told}: who comes after it is answered {after}")
    return found


def taken(hall: Hall) -> int:
    """Requests that all listeners have taken something for."""
    return sum(runner.server.requests_count for runner in hall.headend._runners if runner.server is not None)


async def settled(count: Callable[[], tuple[int, int]]) -> tuple[int, int]:
    """Two numbers, once they are one or have had two seconds for it: nginx writes a line after its answer."""
    for _ in range(100):
        if len({*count()}) == 1:
            break
        await asyncio.sleep(0.02)
    return count()


async def run(folder: Path) -> list[str]:
    """All of it."""
    wrong = []
    async with hall_in(folder) as hall:
        places = places_of(hall.headend, folder)
        for name, (port, place) in places.items():
            sent = [*vectors(place, FAMILIES), *honest(place)]
            faults = await tried(port, sent, SECRET.encode() if name == "viewers" else b"")
            print(f"{name}: {len(sent)} vectors, {len(faults)} wrong")  # noqa: T201
            wrong += [f"{name}: {fault}" for fault in faults]
        program = installed()
        if program is None:
            print("through nginx: not run, there is none here")  # noqa: T201
            return wrong
        port, place = places["viewers"]
        place = replace(place, reads=True)
        sent = [*vectors(place, FAMILIES), *honest(place)]
        for buffering in (True, False):
            told = f"through nginx, bodies {'whole' if buffering else 'as they come'}"
            own, before = folder / f"nginx-{buffering}", taken(hall)
            async with nginx(program, own, port, buffering=buffering) as front:
                faults = await through(front, place, sent)
                passed, took = await settled(lambda: (passed_on(own), taken(hall) - before))  # noqa: B023
            print(f"{told}: {len(sent)} vectors, {len(faults)} wrong, "  # noqa: T201
                  f"{passed} requests passed on, {took} taken")
            wrong += [f"{told}: {passed} were passed on and {took} taken"] if passed != took else []
            wrong += [f"{told}: {fault}" for fault in faults]
    return wrong


def main() -> int:
    """Try them all."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        logging.basicConfig(filename=log, level=logging.DEBUG)
        wrong = asyncio.run(run(Path(folder)))
        if SECRET in log.read_text("utf-8", "replace"):
            wrong.append("a piece of an address is in the log")
    for fault in wrong[:50]:
        print(fault)  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
