"""A machine's data directory with something of everything in it, without a machine."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from sqlalchemy import insert

from desk.access.tables import site_link
from desk.audit.book import AuditBook
from desk.backup.passphrase import Cost
from desk.backup.rows import tables_of
from desk.database.database import Database
from desk.people.tables import account, account_session
from desk.programmes.tables import programme, programme_series
from desk.register.tables import region, region_level, site
from desk.registry import Registry
from desk.settings import Settings
from flow.feed import Feed, FeedKind
from tests.desk.samples import channel

NOW = 1_795_400_000
CHEAP = Cost(n=2)
PASSPHRASE = "correct horse battery"
CANARY = "canary-7f3a"
"""In everything that is secret."""
DOCUMENT = b"%PDF-1.7 " + CANARY.encode() * 60_000
"""Longer than what is read at a time."""
DIGEST = sha256(DOCUMENT).hexdigest()


def settings_for(data: Path, database_url: str = "") -> Settings:
    return Settings(data=data, database_url=database_url)


def filled(settings: Settings) -> Settings:
    """The same settings, with everything in their data directory and database."""
    data = settings.data
    data.mkdir(parents=True, exist_ok=True)
    _rows(settings.register)
    registry = Registry(settings.database)
    registry.add(channel("secret"), revision=3)
    plain = Feed(address="testcard:", kind=FeedKind.TESTCARD, shown="testcard:")
    registry.add(replace(channel("plain"), feeds=(plain,)), revision=4)
    registry.close()
    book = AuditBook(data)
    for number in range(20):
        book.append({"what": "set", "on": f"channel {number}"})
    for name in ("machine.key", "master.key", "access/stream-1.pem", "standing/plain.json", "lobby/plain/a.grey"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(CANARY if name.endswith(("key", "pem")) else "{}", "ascii")
    with closing(sqlite3.connect(data / "keys.db")) as keys, keys:
        keys.execute("CREATE TABLE key (wrapped TEXT)")
        keys.execute("INSERT INTO key VALUES (?)", (CANARY,))
    (data / "documents").mkdir()
    (data / "documents" / DIGEST).write_bytes(DOCUMENT)
    (data / "documents" / ".coming-x").write_bytes(b"half of it")
    (data / "media").mkdir()
    (data / "media" / "huge.m4s").write_bytes(b"media are not kept")
    (data / "xacast.toml").write_text(f'log = "warning"\nevent_address = "http://10.0.0.1/{CANARY}"\n', "utf-8")
    return settings


def _rows(address: str) -> None:
    database = Database.open(address)
    with database.writing() as connection:
        connection.execute(insert(region_level), {"depth": 0, "title_vi": "tỉnh", "title_en": "province"})
        connection.execute(insert(region), {"id": "z", "parent": None, "depth": 0, "name": "Hà Nội"})
        connection.execute(insert(region), {"id": "a", "parent": "z", "depth": 0, "name": "Ba Đình"})  # before it
        words = {"contact": "", "phone": "", "note": "", "line_kbps": 0, "found_by": ""}
        for one in ("s2", "s1"):
            merged = None if one == "s2" else "s2"
            connection.execute(insert(site), {
                "id": one, "region": "a", "name": "Hội trường", "kind": "hall", "retired_s": None,
                "merged_into": merged, "created_s": 1, "changed_s": 1, **words,
            })
        link = {"site": "s1", "digest": "00ff", "void_until_s": None, "changed_ns": 2**60}
        connection.execute(insert(site_link), link)
        connection.execute(insert(account), {
            "name": "hoa", "role": "administrator", "region": None, "enabled": True, "once": False,
            "digest": CANARY, "created_s": 1, "changed_s": 1,
        })
        connection.execute(insert(account_session), {"digest": CANARY, "account": "hoa", "made_s": 1, "seen_s": 1})
        connection.execute(insert(programme_series), {"number": 41, "every": "mon"})
        connection.execute(insert(programme), {
            "number": 7, "channel": "plain", "title": "Giao ban", "title_en": "", "description": "", "start_s": 5,
            "end_s": None, "rehearsal_s": 0, "recording": True, "cancelled": False, "runs_over": False,
            "began_s": None, "ended_s": None, "series": 41, "created_s": 1, "changed_s": 1,
        })
    database.close()


def contents(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    database = Database.open(settings.register)
    with database.reading() as connection:
        found = {
            name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for name, table in tables_of(connection).items()
        }
    database.close()
    return found
