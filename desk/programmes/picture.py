"""What a channel's programmes make of its picture at a moment. Pure."""

from datetime import tzinfo

from desk.programmes.slate_words import slate_words
from desk.programmes.timetable import Moment, State
from flow.curtain import Curtain


def curtain_at(moment: Moment, now_s: int, zone: tzinfo, *, known_s: int, started_s: int = 0) -> Curtain:
    """The curtain, down with the slate's words or up; without a key where the schedule leaves the picture alone.

    `known_s` is how new what is known of the schedule is. A channel that was started (`started_s`) after a
    programme's end is not put on the slate for it: whoever starts a channel wants to see it.
    """
    one = moment.programme
    if one is None or (moment.state is State.AFTER and moment.state_since_s < started_s):
        return Curtain(known_s=known_s, since_s=now_s)
    words = slate_words(moment, now_s, zone)
    # One that runs over is on air as before.
    state = State.ON_AIR if moment.state.airs else moment.state
    key, since_s = f"{state.value}:{one.id}", moment.state_since_s
    if words is None:
        return Curtain(key=key, title=one.title, known_s=known_s, since_s=since_s)
    return Curtain(
        key=key, down=True, title=words.title, vi=words.vi, en=words.en, counts_to_s=words.counts_to_s,
        tone=moment.state is State.REHEARSAL, known_s=known_s, since_s=since_s,
    )
