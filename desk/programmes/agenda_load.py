"""Reads from the database what each site is invited to, a week ahead."""

from desk.database.database import Database
from desk.documents.document_store import DocumentStore
from desk.programmes.agenda import Agenda, Entry, Plan, in_order, planned
from desk.programmes.agenda_keeper import KEPT_S, WEEK_S
from desk.programmes.audience import Audience, invited
from desk.programmes.programme_store import ProgrammeStore
from desk.register.region_store import RegionStore
from desk.register.site_query import SiteQuery
from desk.register.site_store import SiteStore
from flow.listing import Item

_MORE_S = 24 * 3_600
"""What is looked up now is told for hours."""


def load_agenda(database: Database, now_s: int) -> Agenda:
    """The agenda of now, of the hours before and of the week to come."""
    with database.reading() as connection:
        store = ProgrammeStore(connection)
        plans = [
            plan for name in store.channels()
            for plan in planned(store.around(name, now_s), from_s=now_s - KEPT_S, to_s=now_s + WEEK_S + _MORE_S)
        ]
        documents = DocumentStore(connection).all_of([plan.programme for plan in plans])
        tree = RegionStore(connection).tree()
        sites = SiteStore(connection, tree).find(SiteQuery())
    known: dict[Audience, frozenset[str]] = {}
    for plan in plans:
        audience = plan.programme.audience
        if audience not in known:
            known[audience] = frozenset(invited(audience, tree, sites))
    return Agenda(names={one.id: one.name for one in sites if one.retired_s is None}, entries=in_order(
        Entry(
            programme=plan.programme.id, item=_item(plan), opens_s=plan.opens_s,
            sites=known[plan.programme.audience], documents=documents.get(plan.programme.id, ()),
        )
        for plan in plans
    ))


def _item(plan: Plan) -> Item:
    one = plan.programme
    return Item(
        channel=one.channel, title=one.title, title_en=one.title_en, description=one.description,
        start_s=plan.start_s, end_s=plan.end_s,
    )
