"""Reads from the database when which sites may watch what, some hours ahead."""

from sqlalchemy import func, select

from desk.database.database import Database
from desk.programmes.audience import Audience, invited, nationwide
from desk.programmes.kept_programme import near
from desk.programmes.programme_store import ProgrammeStore
from desk.programmes.tables import programme
from desk.programmes.window import MARGIN_S, Windows, windows_of
from desk.register.region_store import RegionStore
from desk.register.site_query import SiteQuery
from desk.register.site_store import SiteStore
from desk.register.tables import site

AHEAD_S = 6 * 3_600
"""So long the schedule is known without a database."""

Stamp = tuple[int, ...]
"""How many programmes and sites there are, the highest mark of a change of them, and the mark of the regions."""


def stamp(database: Database) -> Stamp:
    """Changes whenever programmes or the register do."""
    with database.reading() as connection:
        programmes = connection.execute(select(func.count(), func.max(programme.c.changed_s))).one()
        sites = connection.execute(select(func.count(), func.max(site.c.changed_s))).one()
        tree = RegionStore(connection).mark()
    return programmes[0], programmes[1] or 0, sites[0], sites[1] or 0, tree


def load_windows(database: Database, now_s: int) -> Windows:
    """The windows of now, of the minutes before and of the hours to come."""
    with database.reading() as connection:
        store = ProgrammeStore(connection)
        channels = {name: store.around(name, now_s) for name in store.channels()}
        mark = connection.execute(select(func.max(programme.c.changed_s))).scalar_one() or 0
        if not channels:
            return Windows(mark=mark)
        tree = RegionStore(connection).tree()
        sites = SiteStore(connection, tree).find(SiteQuery())
    known: dict[Audience, frozenset[str]] = {}

    def watching(audience: Audience) -> frozenset[str]:
        if audience not in known:
            known[audience] = frozenset(invited(audience, tree, sites))
        return known[audience]

    return Windows(
        channels={
            name: windows_of(
                programmes, watching, from_s=now_s - MARGIN_S, to_s=now_s + AHEAD_S,
                national=lambda audience: nationwide(audience, tree, sites),
            )
            for name, programmes in channels.items()
        },
        programmes={name: near(programmes, now_s, ahead_s=AHEAD_S) for name, programmes in channels.items()},
        mark=mark,
    )
