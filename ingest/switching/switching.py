"""Which feed is on air: the rules, as a function of values. No I/O, no clock but the count of ticks.

The best fit feed is on air. Automatic switches between two feeds keep a pause, in each direction:

- to a worse feed, because the present one is lost or unfit. Where the pause forbids it, the last picture and the
  slate stand in.
- to a better feed, once it has been fit for a while. By choice only when no switch of either direction is so
  recent: the way back down is open then, and a feed that comes and goes costs no slate.

A feed that was played to its end never comes back, so a switch away from it waits for no pause and begins none.

At the start the slate stands rather than a feed in front of which another one is still starting, for some seconds
at most: what viewers see first is then the right picture, and not the backup for a moment.

When nothing is fit, the slate stands in: after the held picture of a lost feed, at once for one that has been
black or frozen for long enough to be unfit, unless the rules let it stay. It is back with its first fit tick, and
for a pause from then on neither black nor frozen is a reason for the slate: a picture that flickers does not flap.

The operator's word goes before the rules: `take` pins a feed until it is lost, or less fit than it was when taken
while another is fit; `hold` ends automatic switching, `cut` shows the slate, `release` gives everything back to
the rules. A take ends a cut; it leaves a hold in force, whose feed it changes.

The schedule's word is the curtain: while it is down the slate is shown, and the rules go on behind it, so that the
best feed is there when it rises. Each order of the schedule is obeyed once, and where it lets the curtain down it
ends a take. A take raises the curtain, a release leaves it where the schedule wants it. While a channel is held
the curtain stays where it is, and a cut goes before it, down or up.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from flow.curtain import Curtain
from flow.event import EventKind
from flow.rules import Rules
from ingest.switching.fitness import Fitness, Health, Sight
from ingest.switching.happening import Happening, feed_news
from ingest.switching.wish import DRESSING, Do, Wish

PATIENCE = 750
"""Ticks that a patient take waits for its feed: a sender that calls again, or a cold decoder, is there in less."""

START = 125
"""Ticks from the start for which the slate waits for a better feed that is starting: most are there in less."""


class Show(StrEnum):
    """What a tick shows."""

    LIVE = "live"
    HELD = "held"
    SLATE = "slate"


class Mode(StrEnum):
    """Who chooses."""

    AUTO = "auto"
    PINNED = "pinned"
    HOLD = "hold"
    CUT = "cut"
    SCHEDULE = "schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Switching:
    """State between two ticks.

    `feed` is on air, or was last; `show` what the last tick showed. `floor` is the least fitness at which a taken
    feed stays. `awaited` is to be taken as soon as it has a picture, for `patience` ticks more. `up` and `down`
    are the ticks until an automatic switch to a better and to a worse feed is allowed, `grace` those until a feed
    that is back from the slate may give way to it again for being black or frozen. `age` counts the ticks since
    the start, up to START. `order` is what the schedule said last, `curtain` whether its slate is down.
    """

    feed: int | None = None
    show: Show = Show.SLATE
    hold: bool = False
    cut: bool = False
    curtain: bool = False
    order: Curtain | None = None
    floor: Fitness | None = None
    awaited: int | None = None
    patience: int = 0
    up: int = 0
    down: int = 0
    grace: int = 0
    age: int = 0
    health: tuple[Health, ...] = ()

    @property
    def covered(self) -> bool:
        """Whether somebody wants the slate, whatever the feeds bring."""
        return self.cut or self.curtain

    @property
    def key(self) -> str:
        """What of the schedule was obeyed last, empty for nothing."""
        return "" if self.order is None else self.order.key

    @property
    def hung(self) -> Curtain | None:
        """Whose words the slate has; None where it is the channel's own."""
        return self.order if self.curtain and not self.cut else None

    @property
    def mode(self) -> Mode:
        """Who chooses; a cut goes before a hold, a hold before the schedule, and that before a take."""
        if self.cut:
            return Mode.CUT
        if self.hold:
            return Mode.HOLD
        if self.curtain:
            return Mode.SCHEDULE
        return Mode.AUTO if self.floor is None else Mode.PINNED


def step(
    state: Switching, sights: tuple[Sight, ...], rules: Rules, wish: Wish | None = None,
) -> tuple[Switching, tuple[Happening, ...]]:
    """The state after the tick, whose `show` and `feed` say what it shows, and what happened in it.

    Raises IndexError for a wish of a feed that there is not.
    """
    before = state.health or (Health(),) * len(sights)
    health = tuple(one.after(sight, rules) for one, sight in zip(before, sights, strict=True))
    up, down, grace = (max(0, ticks - 1) for ticks in (state.up, state.down, state.grace))
    age = min(state.age + 1, START)
    now = replace(state, health=health, up=up, down=down, grace=grace, age=age)
    told = feed_news(before, health, rules)
    if wish is not None:
        now = _obeyed(now, wish)
    now, news = _awaited(now)
    told += news
    chosen = _chosen(now, rules)
    if chosen.feed != now.feed and now.feed is not None and chosen.feed is not None:
        told += (Happening(kind=EventKind.SWITCH, feed=chosen.feed, origin=now.feed),)
    after = replace(chosen, show=_show(chosen, rules))
    after = replace(after, grace=_grace(state, after, rules))
    return after, told + _shown(state, after)


def kept_off(state: Switching) -> tuple[int, int] | None:
    """While the slate is on air: the first feed to be taken of those that are fit and that only the pause keeps
    off it, and in how many ticks at most; None where there is none, or an operator chooses."""
    now = state.feed
    if now is None or state.covered or state.hold or state.health[now].fitness is Fitness.FIT:
        return None
    fit = (at for at, health in enumerate(state.health) if at != now and health.well)
    waits = [(wait, at) for at in fit if (wait := _pause(state, now, at))]
    if not waits:
        return None
    wait, at = min(waits)
    return at, wait


def bared(before: Switching, after: Switching) -> bool:
    """Whether the slate stays in a tick in which it is no longer anybody's wish."""
    return before.show is after.show is Show.SLATE and before.curtain and not after.covered


def _obeyed(state: Switching, wish: Wish) -> Switching:
    if wish.do not in DRESSING and wish.do is not Do.CURTAIN:
        state = replace(state, awaited=None)
    match wish.do:
        case Do.TAKE if wish.patient and state.health[wish.feed].missing:
            return replace(state, awaited=wish.feed, patience=PATIENCE)
        case Do.TAKE:
            return _taken(state, wish.feed)
        case Do.HOLD:
            return replace(state, hold=True, feed=wish.feed if state.feed is None else state.feed)
        case Do.CUT:
            return replace(state, cut=True, floor=None, feed=None)
        case Do.RELEASE:
            curtain = state.order is not None and state.order.down
            return replace(state, hold=False, cut=False, floor=None, curtain=curtain)
        case Do.CURTAIN:
            return _scheduled(state, wish.curtain, wish.down)
        case _:
            return state


def _taken(state: Switching, feed: int) -> Switching:
    # What it is now is good enough for the operator; loss is not.
    floor = max(state.health[feed].fitness, Fitness.LOBBY)
    return replace(state, feed=feed, floor=floor, cut=False, curtain=False, awaited=None)


def _scheduled(state: Switching, order: Curtain, down: bool | None) -> Switching:
    """After the schedule's word; where the curtain was left goes before it."""
    now = replace(state, order=order if order.key else None)
    if down is not None:
        return replace(now, curtain=down)
    if state.hold or state.key == order.key:
        return now
    return replace(now, curtain=True, floor=None, awaited=None) if order.down else replace(now, curtain=False)


def _awaited(state: Switching) -> tuple[Switching, tuple[Happening, ...]]:
    """Take what a patient operator waits for, or give it up."""
    feed = state.awaited
    if feed is None:
        return state, ()
    if not state.health[feed].missing:
        return _taken(state, feed), (Happening(kind=EventKind.TAKE, feed=feed),)
    if state.patience:
        return replace(state, patience=state.patience - 1), ()
    return replace(state, awaited=None), (Happening(kind=EventKind.TAKE_DROPPED, feed=feed),)


def _chosen(state: Switching, rules: Rules) -> Switching:
    """With the feed to show, and its price in pauses."""
    if state.cut or state.hold:
        return state
    if state.feed is not None and state.floor is not None:
        fitness = state.health[state.feed].fitness
        # It was good enough for the operator: when it gets worse, still better than the slate.
        if fitness >= state.floor or (fitness >= Fitness.LOBBY and _other(state, rules) is None):
            return state
        state = replace(state, floor=None)
    other = _other(state, rules)
    if other is None:
        return state
    if state.feed is None:
        better = any(one.starting for one in state.health[:other])
        return state if better and state.age < START else replace(state, feed=other)
    if state.health[state.feed].over:
        return replace(state, feed=other)
    if other < state.feed:
        return replace(state, feed=other, up=rules.pause)
    return replace(state, feed=other, down=rules.pause)


def _other(state: Switching, rules: Rules) -> int | None:
    """The feed that the rules choose, None when there is nothing to choose."""
    now, feeds = state.feed, range(len(state.health))
    if now is None:
        return _best(state, rules, feeds)
    free = tuple(at for at in feeds if at != now and not _pause(state, now, at))
    if not _showable(state, rules, now):
        return _best(state, rules, free)
    if state.down:
        return None
    fit = state.health[now].fitness is Fitness.FIT
    by_choice = (at for at in free if at < now or not fit)
    return next((at for at in by_choice if state.health[at].well >= max(1, rules.health)), None)


def _pause(state: Switching, now: int, at: int) -> int:
    """Ticks until an automatic switch from the feed `now` to the feed `at` is allowed."""
    if state.health[now].over:
        return 0
    return state.up if at < now else state.down


def _showable(state: Switching, rules: Rules, feed: int) -> bool:
    """Whether the rules let a feed be on air while nothing is better."""
    fitness = state.health[feed].fitness
    return fitness is Fitness.FIT or (
        fitness.bearable and (rules.stays or (feed == state.feed and state.grace > 0))
    )


def _best(state: Switching, rules: Rules, among: "range | tuple[int, ...]") -> int | None:
    """The most fit, first in order, of those that have content now."""
    ready = [at for at in among if not state.health[at].missing and _showable(state, rules, at)]
    return max(ready, key=lambda at: (state.health[at].fitness is Fitness.FIT, -at), default=None)


def _show(state: Switching, rules: Rules) -> Show:
    if state.covered or state.feed is None:
        return Show.SLATE
    health = state.health[state.feed]
    if not health.missing:
        wanted = state.hold or state.floor is not None
        return Show.LIVE if wanted or _showable(state, rules, state.feed) else Show.SLATE
    standing = state.show is not Show.SLATE and health.missing <= rules.held
    return Show.HELD if standing else Show.SLATE


def _grace(before: Switching, after: Switching, rules: Rules) -> int:
    """For how long the feed on air may be black or frozen and stay: a pause, once it is fit again and back."""
    feed = after.feed
    if feed is None or feed != before.feed:
        return 0
    was = before.health[feed].fitness if before.health else Fitness.LOST
    mended = was in (Fitness.BLACK, Fitness.FROZEN) and after.health[feed].fitness is Fitness.FIT
    back = before.show is Show.SLATE and after.show is Show.LIVE
    return rules.pause if back and mended else after.grace


def _shown(before: Switching, after: Switching) -> tuple[Happening, ...]:
    if after.show is Show.SLATE and (before.show is not Show.SLATE or bared(before, after)):
        return (Happening(kind=EventKind.SLATE_ON, feed=before.feed),)
    if before.show is Show.SLATE and after.show is not Show.SLATE:
        return (Happening(kind=EventKind.SLATE_OFF, feed=after.feed),)
    return ()
