"""A channel: a lasting output."""

from dataclasses import dataclass

from flow.feed import Feed
from flow.ids import ChannelId
from flow.ladder import Ladder
from flow.profile import Profile
from flow.rules import CONFERENCE, Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Ordered feeds, ladder and latency profile of one lasting output, the rules by which it is switched, and the
    path of a picture that is laid over it, empty for none. Feeds with slides stand behind all others."""

    id: ChannelId
    title: str
    feeds: tuple[Feed, ...]
    ladder: Ladder
    profile: Profile
    rules: Rules = CONFERENCE
    logo: str = ""
