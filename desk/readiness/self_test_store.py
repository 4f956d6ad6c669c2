"""What sites found, in the database, inside a transaction of the caller's."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from desk.programmes.programme import ProgrammeId
from desk.readiness.outcome import Outcome
from desk.readiness.tables import site_test
from flow.self_test import SelfTest

Key = tuple[ProgrammeId, str]
"""A programme, and a site that is at it."""


class SelfTestStore:
    """Reads and writes the last test of each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, tests: Mapping[Key, Outcome]) -> None:
        """Write them in the place of older ones: two headends may bring a site's in any order."""
        if not tests:
            return
        make = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        new = make(site_test)
        values = {name: new.excluded[name] for name in ("picture", "sound", "rate_kbps", "need_kbps", "at_s")}
        statement = new.on_conflict_do_update(
            index_elements=[site_test.c.programme, site_test.c.site], set_=values,
            where=site_test.c.at_s <= new.excluded.at_s,
        )
        self._connection.execute(statement, [_row(key, outcome) for key, outcome in tests.items()])

    def of(self, programme: ProgrammeId) -> dict[str, Outcome]:
        """All of a programme, by site."""
        mine = select(site_test).where(site_test.c.programme == _number(programme))
        return {row.site: _made(row) for row in self._connection.execute(mine)}


def _number(programme: ProgrammeId) -> int:
    return int(programme[1:])


def _row(key: Key, outcome: Outcome) -> dict[str, Any]:
    programme, site = key
    test = outcome.test
    return {
        "programme": _number(programme), "site": site, "picture": test.picture, "sound": test.sound,
        "rate_kbps": test.rate_kbps, "need_kbps": test.need_kbps, "at_s": outcome.at_s,
    }


def _made(row: Any) -> Outcome:  # noqa: ANN401 - a row of the table
    test = SelfTest(picture=row.picture, sound=row.sound, rate_kbps=row.rate_kbps, need_kbps=row.need_kbps)
    return Outcome(test=test, at_s=row.at_s)
