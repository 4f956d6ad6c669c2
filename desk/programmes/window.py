"""When which sites may watch a channel: programmes and their audiences, as the gate needs them. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from desk.programmes.audience import Audience
from desk.programmes.programme import Programme
from desk.programmes.timetable import turns
from flow.ids import ChannelId

MARGIN_S = 5 * 60
"""A token outlives its programme by so much: the slate after it is seen by those who watched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Times are seconds since the epoch; `until_s` is None when only an operator ends it. `national` is whether
    the programme is for the whole country."""

    from_s: int
    until_s: int | None
    sites: frozenset[str]
    national: bool = False

    def holds(self, now_s: int) -> bool:
        """Whether it is now."""
        return self.from_s <= now_s and (self.until_s is None or now_s < self.until_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """All channels'. One without an entry has no programmes, and the schedule says nothing of it.

    `programmes` are those near a channel's present (`desk/programmes/kept_programme.py`), `mark` grows with each
    change of any.
    """

    channels: Mapping[ChannelId, tuple[Window, ...]] = field(default_factory=dict)
    programmes: Mapping[ChannelId, tuple[Programme, ...]] = field(default_factory=dict)
    mark: int = 0

    def at(self, channel: ChannelId, now_s: int) -> Window | None:
        """The window of a channel that is open now, if one is."""
        return next((one for one in self.channels.get(channel, ()) if one.holds(now_s)), None)

    def ended(self, channel: ChannelId, now_s: int, *, within_s: int) -> tuple[Window, ...]:
        """A channel's windows that ended in the last so many seconds."""
        return tuple(
            one for one in self.channels.get(channel, ())
            if one.until_s is not None and one.until_s <= now_s < one.until_s + within_s
        )

    def since(self, site: str, channel: ChannelId, now_s: int) -> int:
        """When the first of those windows began that lie before now, one behind the other, and have the site; the
        present when there is none; 0 of a channel without windows."""
        windows = self.channels.get(channel)
        if windows is None:
            return 0
        since = now_s
        for one in reversed([one for one in windows if one.from_s <= now_s]):
            if site not in one.sites:
                break
            since = one.from_s
        return since

    def after(self, channel: ChannelId, window: Window) -> tuple[Window, ...]:
        """A channel's windows behind that one."""
        return tuple(one for one in self.channels.get(channel, ()) if one.from_s > window.from_s)


def windows_of(
    programmes: Iterable[Programme], invited: Callable[[Audience], frozenset[str]], *, from_s: int, to_s: int,
    national: Callable[[Audience], bool],
) -> tuple[Window, ...]:
    """A channel's windows between two times, in order; none lies over another. `invited` are the sites of an
    audience, `national` says whether it is the whole country.

    A programme's is open from its rehearsal to its end. While the one before is on air, its rehearsal is not: who
    is invited to the second shall not see the first.
    """
    found = []
    before: int | None = 0
    for turn in turns(programmes):
        opens = min(turn.from_s, max(turn.programme.rehearses_s, before or 0))
        before = turn.until_s
        if opens < to_s and (turn.until_s is None or turn.until_s > from_s):
            audience = turn.programme.audience
            found.append(Window(
                from_s=opens, until_s=turn.until_s, sites=invited(audience),
                national=national(audience),
            ))
    return tuple(found)
