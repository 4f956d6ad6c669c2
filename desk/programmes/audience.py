"""Who is invited to a programme: rules over the register, so that a site that comes tomorrow is invited too."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from desk.register.region import RegionId
from desk.register.region_tree import RegionTree
from desk.register.site import Site, SiteId

MOST = 1_000
"""Rules of one audience."""
LEADERS = "leaders"
"""The label of a place where leaders sit."""
MINISTRY = "ministry"
"""The label of a ministry's site; `ministry-health` is that of one ministry's."""


class Group(StrEnum):
    """What a rule names; the last four need no name.

    Leaders are those of the centre and of the ministries; localities are all sites below the centre that are no
    ministry's.
    """

    REGION = "region"
    LABEL = "label"
    SITE = "site"
    ALL = "all"
    LEADERS = "leaders"
    MINISTRIES = "ministries"
    LOCALITIES = "localities"


NAMED = frozenset({Group.REGION, Group.LABEL, Group.SITE})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Rule:
    """Some sites: a region's with everything below it, a label's, one site, or a group that needs no name."""

    group: Group
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is invited: whom a rule includes and none excludes. Without rules it is nobody."""

    included: frozenset[Rule] = frozenset()
    excluded: frozenset[Rule] = frozenset()


def invited(audience: Audience, tree: RegionTree, sites: Iterable[Site]) -> frozenset[SiteId]:
    """The sites that may watch; those that retired never may."""
    included = [_test(rule, tree) for rule in audience.included]
    excluded = [_test(rule, tree) for rule in audience.excluded]
    return frozenset(
        site.id for site in sites
        if site.retired_s is None
        and any(fits(site) for fits in included) and not any(fits(site) for fits in excluded)
    )


def nationwide(audience: Audience, tree: RegionTree, sites: Iterable[Site]) -> bool:
    """Whether the whole country is invited, in whatever words: by a rule for all sites, for all localities or for
    the centre with everything below it, or because no locality's site is left out by the rules that include.

    Whom it excludes changes nothing. The sites of one region alone are no country.
    """
    for rule in audience.included:
        region = tree.get(rule.name) if rule.group is Group.REGION else None
        if rule.group in {Group.ALL, Group.LOCALITIES} or (region is not None and region.depth == 0):
            return True
    local = [one for one in sites if one.retired_s is None and not _of_ministry(one) and not _central(one, tree)]
    tests = [_test(rule, tree) for rule in audience.included]
    several = len({tree.path(one.region)[1].id for one in local if one.region in tree}) > 1
    return several and all(any(fits(one) for fits in tests) for one in local)


def _test(rule: Rule, tree: RegionTree) -> Callable[[Site], bool]:
    match rule.group:
        case Group.REGION:
            region = RegionId(rule.name)
            within = tree.within(region) if region in tree else frozenset()
            return lambda site: site.region in within
        case Group.LABEL:
            return lambda site: rule.name in site.labels
        case Group.SITE:
            return lambda site: site.id == rule.name
        case Group.ALL:
            return lambda _site: True
        case Group.LEADERS:
            return lambda site: LEADERS in site.labels and (_of_ministry(site) or _central(site, tree))
        case Group.MINISTRIES:
            return _of_ministry
        case Group.LOCALITIES:
            return lambda site: not _of_ministry(site) and not _central(site, tree)


def _of_ministry(site: Site) -> bool:
    return any(label == MINISTRY or label.startswith(f"{MINISTRY}-") for label in site.labels)


def _central(site: Site, tree: RegionTree) -> bool:
    region = tree.get(site.region)
    return region is not None and region.depth == 0
