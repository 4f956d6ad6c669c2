"""A channel: a lasting output."""

from dataclasses import dataclass

from flow.feed import Feed
from flow.ids import ChannelId
from flow.ladder import Ladder
from flow.profile import Profile
from flow.rules import CONFERENCE, Rules

LOUDNESS = -23.0
"""LUFS (EBU R 128)."""
DELAY_MS = 200
"""From the coming of a feed's media to its showing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Ordered feeds, ladder and latency profile of one lasting output, and the rules by which it is switched.

    Feeds with slides stand behind all others. `logo` is the path of a picture that is laid over it, `slate` of one
    that stands behind the slate's words; empty for none. `loudness` is what speech is brought to, in LUFS, None to
    leave it as it comes; `delay_ms` passes between a feed's coming and its showing.
    """

    id: ChannelId
    title: str
    feeds: tuple[Feed, ...]
    ladder: Ladder
    profile: Profile
    rules: Rules = CONFERENCE
    logo: str = ""
    slate: str = ""
    loudness: float | None = LOUDNESS
    delay_ms: int = DELAY_MS
