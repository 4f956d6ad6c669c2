"""Two feeds of one machine that want the same: a port to listen at, or the publisher of a stream key."""

from collections.abc import Callable, Iterable

from desk.errors import RefusedError
from flow.channel import Channel
from flow.errors import OperatorError
from flow.feed import Feed
from ingest.exposure import at_door
from ingest.rtmp.address import door_key
from ingest.udp_ports import clash


def check_alone(feeds: tuple[Feed, ...]) -> None:
    """Raises OperatorError when two feeds of a channel want the same."""
    for at, feed in enumerate(feeds):
        if other := _rival(feed, feeds[:at]):
            what = "stream key" if at_door(feed) else "port of this machine"
            problem = f"two feeds have the same {what}: {other.shown} and {feed.shown}"
            own = "publisher a key of its own; rtmp: makes one" if at_door(feed) else "sender a port of its own"
            raise OperatorError(problem, f"Give each {own}")


def check_rivals(
    channel: Channel, others: Iterable[Channel], runs: Callable[[str], bool] = lambda _channel: True,
) -> None:
    """Raises RefusedError when one of the channels whose workers run on this machine has what a feed needs: it
    would be tried again and again, and never come. A channel is named to who `runs` it alone (T-28)."""
    rest = [other for other in others if other.id != channel.id]
    for feed in channel.feeds:
        if found := rival_of(feed, rest):
            if not runs(found[0].id):
                problem = f"{feed.shown} cannot be had: another channel has {_wanted(feed)} already"
                raise RefusedError(409, problem, "Choose another one")
            problem = f"{feed.shown} cannot be had: {had(feed, *found)}"
            raise RefusedError(409, problem, f"Choose another one, or `xacast stop {found[0].id}` first")


def rival_of(feed: Feed, channels: Iterable[Channel]) -> tuple[Channel, Feed] | None:
    """The first of these channels that has what the feed needs, and for which of its feeds."""
    for channel in channels:
        if rival := _rival(feed, channel.feeds):
            return channel, rival
    return None


def had(feed: Feed, channel: Channel, rival: Feed) -> str:
    """That sentence, as the end of one."""
    return f"channel {channel.id} has {_wanted(feed)} already, for {rival.shown}"


def _wanted(feed: Feed) -> str:
    return "its stream key" if at_door(feed) else "its port of this machine"


def _rival(feed: Feed, others: tuple[Feed, ...]) -> Feed | None:
    if at_door(feed):
        key = door_key(feed.address)
        return next((other for other in others if at_door(other) and door_key(other.address) == key), None)
    return clash(feed, others)
