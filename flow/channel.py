"""A channel: a lasting output."""

from dataclasses import dataclass

from flow.feed import Feed
from flow.ids import ChannelId
from flow.ladder import Ladder
from flow.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Ordered feeds, ladder and latency profile of one lasting output."""

    id: ChannelId
    title: str
    feeds: tuple[Feed, ...]
    ladder: Ladder
    profile: Profile
