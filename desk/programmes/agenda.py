"""What each site is invited to, now and in the days to come: as lists, guides and pages tell it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desk.programmes.programme import Programme, ProgrammeId
from desk.programmes.timetable import turns
from flow.ids import ChannelId
from flow.listing import Document, Item
from flow.occasion import Occasion

NEVER = 1 << 60
"""When the rehearsal begins of what waits: nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When a programme is to be on air, and from when on its audience may watch; `end_s` is None when nobody
    knows."""

    programme: Programme
    start_s: int
    end_s: int | None
    opens_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One programme of a guide. `opens_s` is when its rehearsal begins; `sites` are invited."""

    programme: ProgrammeId
    item: Item
    opens_s: int
    sites: frozenset[str]
    documents: tuple[Document, ...] = ()

    def open_at(self, now_s: int, margin_s: int) -> bool:
        """Whether its rehearsal has begun, and it is not over for longer than the margin."""
        until = self.item.end_s
        return self.opens_s <= now_s and (until is None or now_s < until + margin_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """Programmes of all channels, by their starts, and what sites are called."""

    entries: tuple[Entry, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def coming(self, site: str, now_s: int, *, ahead_s: int) -> list[Item]:
        """What the site is invited to that is not over, and begins within so many seconds."""
        return [
            one.item for one in self.entries
            if site in one.sites and one.item.start_s < now_s + ahead_s
            and (one.item.end_s is None or one.item.end_s > now_s)
        ]

    def at(self, site: str, channel: ChannelId, now_s: int) -> ProgrammeId | None:
        """The programme on the channel, or in rehearsal, that the site is invited to."""
        mine = (one for one in self.entries if one.item.channel == channel and site in one.sites)
        return next((one.programme for one in mine if one.open_at(now_s, 0)), None)

    def occasion(self, site: str, channel: ChannelId, now_s: int, *, margin_s: int, kept_s: int) -> Occasion:
        """What the site's page says of the channel; what is over for longer than `kept_s` is forgotten."""
        mine = [one for one in self.entries if one.item.channel == channel and site in one.sites]
        now = [one.item for one in mine if one.open_at(now_s, margin_s)]
        ended = [one.item for one in mine if one.open_at(now_s, kept_s) and not one.open_at(now_s, 0)]
        return Occasion(
            site=self.names.get(site, ""), now=now[-1] if now else None, ended=ended[-1] if ended else None,
        )

    def documents(
        self, site: str, channel: ChannelId, now_s: int, *, margin_s: int, kept_s: int,
    ) -> list[Document]:
        """What is handed out now to the site, of what it may watch on the channel now or watched just before; when
        there is none, of the last one that it was invited to, for `kept_s` after its end."""
        mine = [one for one in self.entries if one.item.channel == channel and site in one.sites]
        found = [one for one in mine if one.open_at(now_s, margin_s)]
        found = found or [one for one in mine if one.open_at(now_s, kept_s)][-1:]
        return [document for one in found for document in one.documents]


def planned(programmes: Sequence[Programme], *, from_s: int, to_s: int) -> list[Plan]:
    """A channel's programmes between two times.

    What waits for one that only an operator ends stands where it was planned.
    """
    line = turns(programmes)
    found: list[Plan] = []
    before: int | None = 0
    for turn in line:
        opens = min(turn.from_s, max(turn.programme.rehearses_s, before or 0))
        found.append(Plan(programme=turn.programme, start_s=turn.from_s, end_s=turn.until_s, opens_s=opens))
        before = turn.until_s
    if before is None:
        last = line[-1]
        found += [
            Plan(programme=one, start_s=one.begins_s, end_s=one.end_s, opens_s=NEVER) for one in programmes
            if not one.cancelled and one.ended_s is None and one.begins_s >= last.from_s and one != last.programme
        ]
    return [one for one in found if one.start_s < to_s and (one.end_s is None or one.end_s > from_s)]


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By start, then by channel."""
    return tuple(sorted(entries, key=lambda one: (one.item.start_s, one.item.channel, one.programme)))
