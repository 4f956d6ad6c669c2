"""Codes over a database, for tests."""

from pathlib import Path

from desk.access.codes import Codes
from desk.access.guest_list import GuestList
from desk.access.links import Links
from desk.database.database import Database
from desk.database.door import DatabaseDoor
from tests.desk.access.register import fill

NOW = 1_790_001_000


class CodeDesk:
    """Codes over a database, on a clock that stands."""

    def __init__(self, folder: Path) -> None:
        address = f"sqlite:///{folder / 'register.db'}"
        database = Database.open(address)
        fill(database)
        database.close()
        self.monotonic_ns = 0
        self.door = DatabaseDoor(address)
        self.guests = GuestList(audience=lambda _site, _channel: None, now=lambda: NOW)
        links = Links(self.door, self.guests, folder / "guests.json", wall_ns=lambda: NOW * 10**9)
        self.codes = Codes(links, wall_ns=lambda: NOW * 10**9, monotonic_ns=lambda: self.monotonic_ns)
