"""A channel: a lasting output."""

from dataclasses import dataclass

from flow.feed import Feed
from flow.ids import ChannelId
from flow.ladder import Ladder
from flow.profile import Profile
from flow.rules import CONFERENCE, Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Ordered feeds, ladder and latency profile of one lasting output, and the rules by which it is switched."""

    id: ChannelId
    title: str
    feeds: tuple[Feed, ...]
    ladder: Ladder
    profile: Profile
    rules: Rules = CONFERENCE
