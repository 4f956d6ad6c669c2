"""What the register costs at 20,000 sites: `python -m bench.sites [--sites 20000] [--rounds 20]`.

Each question is asked as the control API asks it, over SQLite, from the door's threads. Beside the time of an
answer it says how late the event loop was meanwhile, which is what viewers notice. What the gate costs at as many
sites is `python -m bench.gate`; whether an import is noticed on air, `python -m bench.register`.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desk.access.link_book import known
from desk.collector import keep_collected
from desk.database.database import Database
from desk.database.door import DatabaseDoor
from desk.json_pieces import json_pieces
from desk.register.division_load import load_division
from desk.register.official import Division, official_units
from desk.register.region_store import RegionStore
from desk.register.site import Site, SiteId
from desk.register.site_changes import listed
from desk.register.site_store import SiteStore

_BEAT_S = 0.001


def fill(address: str, count: int) -> None:
    """So many sites in the official communes."""
    database = Database.open(address)
    load_division(database, Division.OFFICIAL)
    communes = [one.id for one in official_units(Division.OFFICIAL).regions if one.depth == 2]
    with database.writing() as connection:
        SiteStore(connection, RegionStore(connection).tree()).add([
            Site(
                id=SiteId(f"x{at}"), name=f"Thôn {at}", region=communes[at % len(communes)], contact="Chị Hoa",
                phone=f"09{at:08}", labels=frozenset({"ubnd"}),
            )
            for at in range(count)
        ], int(time.time()))
    database.close()


class Heart:
    """Beats in the loop; `late` is by how much at worst since it was last asked, in seconds."""

    def __init__(self) -> None:
        self.late = 0.0

    async def beat(self) -> None:
        """Until it is cancelled."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(_BEAT_S)
            self.late = max(self.late, time.perf_counter() - began - _BEAT_S)


async def measured(address: str, rounds: int) -> None:
    """Print a line for each question."""
    door, heart = DatabaseDoor(address), Heart()
    await door.warm()
    tasks = [asyncio.create_task(heart.beat()), asyncio.create_task(keep_collected())]
    questions: dict[str, Callable[[Database], object]] = {
        "100 sites": lambda database: json_pieces(listed(database, {})),
        "5,000 sites": lambda database: json_pieces(listed(database, {"limit": "5000"})),
        "a province": lambda database: json_pieces(listed(database, {"region": "01"})),
        "search, many": lambda database: json_pieces(listed(database, {"search": "chi hoa"})),
        "search, one": lambda database: json_pieces(listed(database, {"search": "0900012345"})),
        "search, none": lambda database: json_pieces(listed(database, {"search": "khong co"})),
        "all links": known,
    }
    for name, work in questions.items():
        took = []
        heart.late = 0.0
        for _ in range(rounds):
            began = time.perf_counter()
            await door.ask(work)
            took.append((time.perf_counter() - began) * 1_000)
        print(f"{name:14} p50 {statistics.median(took):6.1f} ms, worst {max(took):6.1f} ms; "
              f"the loop late by {heart.late * 1_000:.1f} ms at worst")
    for task in tasks:
        task.cancel()
    door.close()


def main() -> None:
    """Fill a register and ask."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sites", type=int, default=20_000)
    words.add_argument("--rounds", type=int, default=20)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'register.db'}"
        began = time.perf_counter()
        fill(address, asked.sites)
        print(f"{asked.sites} sites written in {time.perf_counter() - began:.1f} s")
        asyncio.run(measured(address, asked.rounds))


if __name__ == "__main__":
    main()
