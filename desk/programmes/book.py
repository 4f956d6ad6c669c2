"""The schedule and the register, open in one transaction of the caller's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any, Self

from sqlalchemy import Connection

from desk.errors import RefusedError
from desk.programmes.audience import Audience, Group, Rule, invited
from desk.programmes.audience_words import rule_word
from desk.programmes.programme import Programme
from desk.programmes.programme_query import ProgrammeQuery
from desk.programmes.programme_state import state_of
from desk.programmes.programme_store import ProgrammeStore
from desk.programmes.programme_words import shown
from desk.programmes.times import shown_time
from desk.programmes.timetable import Moment, conflicts, moment_at
from desk.register.region import RegionId
from desk.register.region_finder import RegionFinder
from desk.register.region_store import RegionStore
from desk.register.region_tree import RegionTree
from desk.register.site_query import SiteQuery
from desk.register.site_store import SiteStore
from flow.ids import ChannelId

_DAY = 24 * 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The schedule and the register, open in one transaction, at one moment of one place's clock."""

    programmes: ProgrammeStore
    sites: SiteStore
    tree: RegionTree
    zone: tzinfo
    now_s: int

    @classmethod
    def of(cls, connection: Connection, zone: tzinfo, now_s: int) -> Self:
        """In the transaction that the connection is in."""
        tree = RegionStore(connection).tree()
        return cls(
            programmes=ProgrammeStore(connection), sites=SiteStore(connection, tree), tree=tree, zone=zone,
            now_s=now_s,
        )

    def named(self, rule: Rule) -> Rule:
        """The rule with the id of what it names; raises OperatorError when that is not in the register."""
        if rule.group is Group.REGION:
            return replace(rule, name=RegionFinder(self.tree).find(rule.name).id)
        if rule.group is Group.SITE:
            return replace(rule, name=self.sites.get(rule.name).id)
        return rule

    def refuse_outside(self, audience: Audience, within: str) -> None:
        """Raises RefusedError (403) that names a rule by which somebody is invited who is not in the region
        `within`, now or some day; an empty one is the country."""
        inside = self.tree.within(RegionId(within)) if within and within in self.tree else frozenset()
        for rule in sorted(audience.included) if within else ():
            by_region = rule.group is Group.REGION and rule.name in inside
            by_site = rule.group is Group.SITE and self.sites.get(rule.name).region in inside
            if not by_region and not by_site:
                problem = f"“{rule_word(rule)}” invites beyond your part of the country"
                raise RefusedError(403, problem, f"Take locality:{within}, or invite regions and sites in it")

    def told(self, one: Programme) -> dict[str, Any]:
        """A programme as JSON, with how many sites are invited."""
        sites = len(invited(one.audience, self.tree, self.sites.find(SiteQuery())))
        return {**self.all_told([one])[0], "sites": sites}

    def all_told(self, programmes: Sequence[Programme]) -> list[dict[str, Any]]:
        """Programmes as JSON."""
        moments = {name: self.moment(name) for name in {one.channel for one in programmes}}
        series = {number: self.programmes.every(number) for number in {one.series for one in programmes}}
        return [
            shown(one, state=state_of(one, moments[one.channel], self.now_s), every=series[one.series])
            | {"audience": self._whom(one.audience.included), "but": self._whom(one.audience.excluded)}
            for one in programmes
        ]

    def _whom(self, rules: Iterable[Rule]) -> list[str]:
        """Rules as people read them: a region by its name."""
        found = []
        for rule in sorted(rules):
            region = self.tree.get(rule.name) if rule.group is Group.REGION else None
            found.append(region.name if region is not None else rule_word(rule))
        return found

    def moment(self, channel: ChannelId) -> Moment:
        """What the schedule says of a channel now."""
        return moment_at(self.programmes.around(channel, self.now_s), self.now_s)

    def refuse_conflicts(self, made: Sequence[Programme]) -> None:
        """Raises RefusedError (409) that names what one of these, of one channel, would overlap.

        Those of a series do not overlap each other: they begin a day apart, and are no longer than that.
        """
        last_s = max(one.over_s or max(one.end_s or 0, self.now_s) for one in made)
        first_s = min(one.begins_s for one in made)
        near = ProgrammeQuery(
            channel=made[0].channel, from_s=first_s - 2 * _DAY, to_s=last_s + 2 * _DAY, limit=None,
        )
        there = self.programmes.find(near)
        for one in made:
            if found := conflicts(one, there, self.now_s):
                raise self._conflict(one, found[0])

    def _conflict(self, one: Programme, first: Programme) -> RefusedError:
        until = "until it is stopped" if first.over_s is None else f"to {shown_time(first.over_s, self.zone)}"
        problem = (f"at {shown_time(one.start_s, self.zone)} channel {one.channel} has {first.id} already: "
                   f"“{first.title}”, {shown_time(first.begins_s, self.zone)} {until}")
        return RefusedError(409, problem, f"Choose another time, or change or cancel {first.id} first")
