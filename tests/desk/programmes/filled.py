"""A database with the small tree, some sites and what a test adds."""

from typing import Any

from desk.database.database import Database
from desk.programmes.programme_changes import added
from desk.programmes.times import zone_of
from tests.desk.programmes.some import DAY
from tests.desk.register.filled import a_site, fill

HERE = zone_of("Asia/Ho_Chi_Minh")
SITES = (
    a_site(labels=frozenset({"ubnd"})), a_site("s00004-2", labels=frozenset({"ministry-health"})),
    a_site("s19", "19", name="Văn phòng tỉnh"), a_site("pm", "vn", labels=frozenset({"leaders"})),
)


def a_database(address: str) -> Database:
    return fill(Database.open(address), *SITES)


def words(start: str = "08:00", end: str = "09:00", **more: Any) -> dict[str, Any]:
    times = {key: clock and f"2026-11-24 {clock}" for key, clock in (("start", start), ("end", end))}
    return {"channel": "hop", "title": "Giao ban", **times, "audience": "national", **more}


def add(database: Database, start: str = "08:00", end: str = "09:00", **more: Any) -> list[str]:
    done = added(database, words(start, end, **more), HERE, DAY)
    return [one["id"] for one in done["programmes"]]
