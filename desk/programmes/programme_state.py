"""In one word, how it stands with a programme. Pure."""

from desk.programmes.programme import Programme
from desk.programmes.timetable import Moment, State

CANCELLED, OVER, WAITING, PLANNED = "cancelled", "over", "waiting", "planned"


def state_of(one: Programme, moment: Moment, now_s: int) -> str:
    """`moment` is its channel's: rehearsal, on-air and over-run are its words."""
    if one.cancelled:
        return CANCELLED
    mine = moment.programme is not None and moment.programme.id == one.id
    if mine and moment.state not in {State.AFTER, State.IDLE}:
        return moment.state.value
    if one.over_s is not None and one.over_s <= now_s:
        return OVER
    return WAITING if one.begins_s <= now_s else PLANNED
