"""Which sounds of a feed are decoded for the channel's tracks, and which track carries which. Pure."""

from dataclasses import dataclass

from flow.feed import Feed, FeedKind
from flow.layout import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPlan:
    """`streams` are numbers of the feed's sounds, from 1, each decoded once; the first that is there leads the
    pictures. `choices` has for each track the places in `streams` that it may carry, the wanted one first; none
    for silence.
    """

    streams: tuple[int, ...] = (1,)
    choices: tuple[tuple[int, ...], ...] = ((0,),)


def plan_of(feed: Feed, tracks: int, decoded: tuple[int, ...] = ()) -> SoundPlan:
    """For a channel with so many tracks. Where those that are `decoded` already are enough, it stays with them.

    What a feed lacks is made up for by what the first track carries, the original, and that by the feed's first
    sound: a listener to an interpretation that does not come would rather hear the original than nothing. Slides
    have sound to keep time by, which nobody hears; the test card has one sound.
    """
    wishes = wished(feed, tracks)
    wanted = tuple(dict.fromkeys([*filter(None, wishes), 1]))
    streams = decoded if set(wanted) <= set(decoded) else wanted
    return SoundPlan(streams=streams, choices=tuple(_choices(wish, wishes[0], streams) for wish in wishes))


def wished(feed: Feed, tracks: int) -> tuple[int, ...]:
    """The number of the feed's sound that each of so many tracks is to carry, 0 for silence."""
    if feed.role is Role.SLIDES or feed.soundless:
        return (0,) * tracks
    wishes = (*feed.sounds[:tracks], *range(len(feed.sounds) + 1, tracks + 1))
    return tuple(min(wish, 1) for wish in wishes) if feed.kind is FeedKind.TESTCARD else wishes


def _choices(wish: int, original: int, streams: tuple[int, ...]) -> tuple[int, ...]:
    numbers = dict.fromkeys(filter(None, [wish, original, 1])) if wish else {}
    return tuple(streams.index(number) for number in numbers)
