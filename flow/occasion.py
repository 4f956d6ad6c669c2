"""What a page tells a site of one channel's programmes."""

from dataclasses import dataclass

from flow.listing import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """`site` is the name of who asks, empty for who is none; `now` what it may watch, from the rehearsal until
    shortly after the end; `ended` the last that it was invited to and that is over, since some hours at most.
    """

    site: str = ""
    now: Item | None = None
    ended: Item | None = None
