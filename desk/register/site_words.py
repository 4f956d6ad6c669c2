"""Sites and questions about them, as they go over the control API. No I/O.

    {"id", "name", "region": code or name, "kind", "contact", "phone", "note", "labels": […], "line_kbps"}
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desk.register.folding import composed
from desk.register.region_finder import RegionFinder
from desk.register.region_tree import RegionTree
from desk.register.site import Site, SiteId, site_id, site_kind
from desk.register.site_query import MOST, SiteQuery
from flow.errors import OperatorError
from flow.nearest import remedy_for
from flow.timebase import units_of_ns, utc_text

_NS = 1_000_000_000
_TEXTS = ("name", "contact", "phone", "note")
_KEYS = {
    "id": str, "name": str, "region": str, "kind": str, "contact": str, "phone": str, "note": str, "labels": list,
    "line_kbps": int,
}
_QUESTIONS = ("region", "kind", "label", "search", "retired", "after", "limit")


def shown(site: Site, tree: RegionTree) -> dict[str, Any]:
    """A site as JSON, with where it is in words."""
    return {
        "id": site.id, "name": site.name, "region": site.region, "address": tree.address(site.region),
        "kind": site.kind.value, "contact": site.contact, "phone": site.phone, "note": site.note,
        "labels": sorted(site.labels), "line_kbps": site.line_kbps,
        "retired": None if site.retired_s is None else utc_text(units_of_ns(site.retired_s * _NS)),
        "merged_into": site.merged_into,
    }


def new_site(words: object, finder: RegionFinder, taken: frozenset[SiteId]) -> Site:
    """A site from its words; its id is made from its region's when none is given. Raises OperatorError."""
    given = _checked(words)
    if "name" not in given or "region" not in given:
        problem = "a site needs a name and a region"
        raise OperatorError(problem, "Give both; `xacast region list --search` finds regions")
    region = finder.find(given["region"])
    site = Site(id=_id_for(given.get("id", ""), region.id, taken), name=composed(given["name"]), region=region.id)
    return changed_site(site, {key: value for key, value in given.items() if key not in {"id", "region"}}, finder)


def changed_site(site: Site, words: object, finder: RegionFinder) -> Site:
    """The site with those words in place of its own; raises OperatorError."""
    given = _checked(words)
    values: dict[str, Any] = {key: composed(given[key]) for key in _TEXTS if key in given}
    if "region" in given:
        values["region"] = finder.find(given["region"]).id
    if "kind" in given:
        values["kind"] = site_kind(given["kind"])
    if "labels" in given:
        values["labels"] = frozenset(map(composed, given["labels"]))
    if "line_kbps" in given:
        values["line_kbps"] = given["line_kbps"]
    return replace(site, **values)


def query_from(words: Mapping[str, str], finder: RegionFinder) -> SiteQuery:
    """A question from the address of a request; raises OperatorError."""
    for key in words:
        if key not in _QUESTIONS:
            problem = f"nothing is asked by “{key[:40]}”"
            raise OperatorError(problem, remedy_for(key, _QUESTIONS))
    limit = words.get("limit", "100")
    if not (limit.isascii() and limit.isdigit() and len(limit) < 6 and 0 < int(limit) <= MOST):
        problem = "limit is no number of sites"
        raise OperatorError(problem, f"Ask for 1 to {MOST}")
    return SiteQuery(
        region=finder.find(words["region"]).id if words.get("region") else None,
        kind=site_kind(words["kind"]) if words.get("kind") else None,
        label=composed(words.get("label", "")), search=words.get("search", "")[:200],
        retired=words.get("retired", "") not in {"", "0", "no"},
        after=site_id(words["after"]) if words.get("after") else None, limit=int(limit),
    )


def _checked(words: object) -> dict[str, Any]:
    given = words if isinstance(words, dict) else {"": words}
    for key, value in given.items():
        kind = _KEYS.get(key)
        if kind is None:
            problem = f"a site has no “{str(key)[:40]}”"
            raise OperatorError(problem, remedy_for(str(key), _KEYS))
        if not isinstance(value, kind) or isinstance(value, bool) or not _texts(value):
            problem = f"“{key}” of a site cannot be that"
            raise OperatorError(problem, "See docs/register.md for what each may be")
    return given


def _texts(value: object) -> bool:
    return not isinstance(value, list) or all(isinstance(one, str) for one in value)


def _id_for(wanted: str, region: str, taken: frozenset[SiteId]) -> SiteId:
    if wanted:
        if wanted in taken:
            problem = f"there is a site {wanted[:64]} already"
            raise OperatorError(problem, "Choose another id, or leave it out")
        return site_id(wanted)
    return free_id(region, taken)


def free_id(region: str, taken: frozenset[SiteId] | set[SiteId]) -> SiteId:
    """The first id that is free for a site of that region: s00004, s00004-2, …"""
    number = 1
    while (name := SiteId(f"s{region}" if number == 1 else f"s{region}-{number}")) in taken:
        number += 1
    return name
