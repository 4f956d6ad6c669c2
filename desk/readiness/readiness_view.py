"""Who is ready for a programme, as JSON."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from desk.database.database import Database
from desk.errors import RefusedError
from desk.programmes.audience import invited
from desk.programmes.book import Book
from desk.programmes.programme import programme_id
from desk.programmes.times import utc_time
from desk.readiness.outcome import Outcome, Readiness, readiness_of
from desk.readiness.self_test_store import Key, SelfTestStore
from desk.register.region import RegionId
from desk.register.region_finder import RegionFinder
from desk.register.region_tree import RegionTree
from desk.register.site import Site, site_id
from desk.register.site_query import MOST, SiteQuery
from flow.errors import OperatorError
from flow.nearest import remedy_for

_QUESTIONS = ("region", "state", "after", "limit")
_COUNTED = {one: one.value.replace("-", "_") for one in Readiness}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to see: a region's name, empty for all; one state; how many, behind which site."""

    region: str = ""
    state: Readiness | None = None
    after: str = ""
    limit: int = MOST


def asked_in(words: Mapping[str, str]) -> Asked:
    """The words of a query; raises OperatorError."""
    for key in words:
        if key not in _QUESTIONS:
            problem = f"nothing is asked by “{key[:40]}”"
            raise OperatorError(problem, remedy_for(key, _QUESTIONS))
    state, limit, after = words.get("state"), words.get("limit", str(MOST)), words.get("after", "")
    if state is not None and state not in set(Readiness):
        problem = f"“{state[:40]}” is no state of a site"
        raise OperatorError(problem, remedy_for(state, [one.value for one in Readiness]))
    if not (limit.isascii() and limit.isdigit() and len(limit) < 8 and 1 <= int(limit) <= MOST):
        problem = f"“{limit[:40]}” cannot be a limit"
        raise OperatorError(problem, f"Use 1 to {MOST}")
    return Asked(
        region=words.get("region", ""), state=Readiness(state) if state else None,
        after=site_id(after) if after else "", limit=int(limit),
    )


def readied(
    database: Database, name: str, asked: Asked, waiting: Mapping[Key, Outcome], zone: tzinfo, now_s: int,
    within: str = "",
) -> dict[str, Any]:
    """The invited sites of a programme, counted by their states, and those that are asked for, by id; `waiting` is
    what is not in the database yet. Who has the region `within` alone sees its sites and counts alone (T-28): a
    programme of its channel may invite others, whose contacts are not for it. Raises OperatorError, RefusedError
    (404)."""
    with database.reading() as connection:
        book = Book.of(connection, zone, now_s)
        one = book.programmes.get(programme_id(name))
        region = _region(book.tree, asked.region, within)
        sites = book.sites.find(SiteQuery(region=region))
        tests = SelfTestStore(connection).of(one.id)
    tests |= {site: outcome for (of, site), outcome in waiting.items() if of == one.id}
    there = invited(one.audience, book.tree, sites)
    states = {site.id: readiness_of(tests.get(site.id)) for site in sites if site.id in there}
    counts = Counter(states.values())
    wanted = [
        site for site in sites
        if site.id in states and site.id > asked.after and asked.state in {None, states[site.id]}
    ]
    shown = wanted[:asked.limit]
    return {
        "programme": one.id, "title": one.title, "invited": len(states),
        **{key: counts[state] for state, key in _COUNTED.items()},
        "sites": [_shown(site, states[site.id], tests.get(site.id), book.tree) for site in shown],
        "next": shown[-1].id if len(shown) < len(wanted) else None,
    }


def _region(tree: RegionTree, asked: str, within: str) -> RegionId | None:
    """The region whose sites are seen, None for all."""
    found = RegionFinder(tree).find(asked).id if asked else None
    own = RegionId(within)
    if not within:
        return found
    if found is not None and (own not in tree or found not in tree.within(own)):
        problem = f"region “{asked[:64]}” is not in your part of the country"
        raise RefusedError(404, problem, "`xacast whoami` says which that is")
    return found or own


def _shown(site: Site, state: Readiness, outcome: Outcome | None, tree: RegionTree) -> dict[str, Any]:
    test = outcome.test if outcome is not None else None
    return {
        "id": site.id, "name": site.name, "address": tree.address(site.region), "contact": site.contact,
        "phone": site.phone, "state": state.value, "at": None if outcome is None else utc_time(outcome.at_s),
        "faults": [] if test is None else [fault.value for fault in test.faults],
        "rate_kbps": None if test is None else test.rate_kbps,
        "need_kbps": None if test is None else test.need_kbps,
    }
