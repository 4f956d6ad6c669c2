"""What a channel's programmes mean at a moment. Pure: stored facts and a time in, a state out.

So whoever looks comes to the same, also one that has just been started. In short:

- a programme is on air from its start, or from when an operator began it, to its end; one without an end, or that
  runs over, until an operator stops it. The next one waits for that: the schedule cuts nobody short who was to
  be stopped by hand;
- before it stands its rehearsal, and after it the slate, until the next one's rehearsal. A programme whose end
  passed while it waited was never on air;
- a channel without a programme, or before its first, is idle: the schedule says nothing of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from desk.programmes.programme import Programme


class State(StrEnum):
    """What the schedule has to say of a channel."""

    IDLE = "idle"
    REHEARSAL = "rehearsal"
    ON_AIR = "on-air"
    OVER_RUN = "over-run"
    AFTER = "after"

    @property
    def airs(self) -> bool:
        """Whether viewers see the programme itself."""
        return self in {State.ON_AIR, State.OVER_RUN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One channel at one time, in seconds since the epoch.

    `programme` is the one that the state is about; `following` the one that comes or waits after it; `since_s` is
    when the first went on air, None when it is not; `change_s` is when state or programme change next if nobody
    does anything, None when they will not; `state_since_s` is when they became what they are, 0 when they always
    were so.
    """

    state: State
    programme: Programme | None = None
    following: Programme | None = None
    since_s: int | None = None
    change_s: int | None = None
    state_since_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When a programme was, is or will be on air; `until_s` is None when nobody knows."""

    programme: Programme
    from_s: int
    until_s: int | None


def turns(programmes: Iterable[Programme]) -> tuple[Turn, ...]:
    """Each programme's time on air, one after another. Those that never come, or are cancelled, have none."""
    made: list[Turn] = []
    free: int | None = 0
    for one in sorted((one for one in programmes if not one.cancelled), key=_order):
        if free is None:  # it waits for one that only an operator ends
            break
        begins, until = max(one.begins_s, free), one.over_s
        if until is not None and until <= begins:
            continue
        made.append(Turn(programme=one, from_s=begins, until_s=until))
        free = until
    return tuple(made)


def moment_at(programmes: Iterable[Programme], now_s: int) -> Moment:
    """The state of a channel that has these programmes and no others."""
    known = tuple(programmes)
    line = turns(known)
    now, times = _moment(known, line, now_s), sorted(_times(line))
    now = replace(now, state_since_s=_since(known, line, now, [time for time in times if time <= now_s]))
    for time in times:
        if time > now_s:
            then = _moment(known, line, time)
            if (then.state, then.programme) != (now.state, now.programme):
                return replace(now, change_s=time)
    return now


def _moment(known: tuple[Programme, ...], line: tuple[Turn, ...], now_s: int) -> Moment:
    last = next((turn for turn in reversed(line) if turn.from_s <= now_s), None)
    coming = next((turn.programme for turn in line if turn.from_s > now_s), None) or _waiting(known, line)
    if last is not None and (last.until_s is None or now_s < last.until_s):
        one = last.programme
        over = one.end_s is not None and now_s >= one.end_s
        state = State.OVER_RUN if over else State.ON_AIR
        return Moment(state=state, programme=one, following=coming, since_s=last.from_s)
    if coming is not None and coming.rehearses_s <= now_s:
        return Moment(state=State.REHEARSAL, programme=coming)
    if last is None:
        return Moment(state=State.IDLE, following=coming)
    return Moment(state=State.AFTER, programme=last.programme, following=coming)


def _since(known: tuple[Programme, ...], line: tuple[Turn, ...], now: Moment, times: list[int]) -> int:
    """The first of the times from which on it was as it is `now`."""
    since = 0
    for time in reversed(times):
        then = _moment(known, line, time)
        if (then.state, then.programme) != (now.state, now.programme):
            break
        since = time
    return since


def conflicts(one: Programme, others: Iterable[Programme], now_s: int) -> tuple[Programme, ...]:
    """The programmes of its channel that it would overlap, in their order.

    One that runs until it is stopped takes up the time that has passed, and no more.
    """
    if one.cancelled:
        return ()
    begins, until = _span(one, now_s)
    found = []
    for other in others:
        if other.id == one.id or other.channel != one.channel or other.cancelled:
            continue
        theirs, end = _span(other, now_s)
        if theirs < until and begins < end:
            found.append(other)
    return tuple(sorted(found, key=_order))


def _span(one: Programme, now_s: int) -> tuple[int, int]:
    until = one.over_s
    if until is None:
        until = max(one.end_s or 0, now_s, one.begins_s) + 1
    return one.begins_s, until


def _order(one: Programme) -> tuple[int, int, str]:
    return one.begins_s, one.start_s, one.id


def _times(line: tuple[Turn, ...]) -> set[int]:
    """Each moment at which a state may begin."""
    return {
        time for turn in line
        for time in (turn.programme.rehearses_s, turn.from_s, turn.until_s, turn.programme.end_s)
        if time is not None
    }


def _waiting(known: tuple[Programme, ...], line: tuple[Turn, ...]) -> Programme | None:
    """The one after a programme that only an operator ends."""
    if not line or line[-1].until_s is not None:
        return None
    last = _order(line[-1].programme)
    later = [one for one in known if not one.cancelled and one.ended_s is None and _order(one) > last]
    return min(later, key=_order, default=None)
