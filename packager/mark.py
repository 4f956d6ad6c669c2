"""A mark that an operator sets on a channel's time: a place or a stretch with a text."""

import re
from dataclasses import dataclass

from flow.timebase import SCALE, seconds_text, utc_text
from packager import tags

LONGEST = 200
"""Letters of a text."""
USUAL = "mark"
"""The class of a mark of which nothing else is said."""
MILLI = SCALE // 1_000
FARTHEST = 86_400 * SCALE
"""From now into the future."""
_CLASS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_VARIABLE = "{$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """`start` and `duration` are units on the channel's clock, whole milliseconds; `duration` is None while it is
    open, `opened` whether it began so. All of `kind` mean the same sort of thing. `changed` is when it was set, or
    given its end.

    Raises ValueError, with a sentence, for what is none: a quoted string of a playlist has no way to write a
    quotation mark, and players look for variables in it (RFC 8216bis 4.2, 4.3).
    """

    id: str
    text: str
    start: int
    duration: int | None = 0
    kind: str = USUAL
    opened: bool = False
    changed: int = 0

    def __post_init__(self) -> None:
        if not 0 < len(self.text.strip()) <= len(self.text) <= LONGEST or not self.text.isprintable():
            message = f"a mark's text is one line of 1 to {LONGEST} letters"
            raise ValueError(message)
        if '"' in self.text or _VARIABLE in self.text:
            message = f'a mark\'s text has neither " nor {_VARIABLE} in it'
            raise ValueError(message)
        if _CLASS.fullmatch(self.kind) is None:
            message = "a mark's class is 1 to 64 of a-z, A-Z, 0-9 and . _ -"
            raise ValueError(message)
        if any(place % MILLI for place in (self.start, self.duration or 0)) or (self.duration or 0) < 0:
            message = "a mark lies on whole milliseconds and does not end before it begins"
            raise ValueError(message)

    @property
    def end(self) -> int | None:
        """Where it ends; None while it is open."""
        return None if self.duration is None else self.start + self.duration

    def lines(self) -> list[str]:
        """Its tags. What a tag says never changes: the end of one that was open comes as a second tag, which adds
        to the first (RFC 8216bis 4.4.5.1)."""
        known = [("ID", tags.quoted(self.id)), ("START-DATE", tags.quoted(utc_text(self.start)))]
        lasting = [] if self.duration is None else [("DURATION", seconds_text(self.duration, 3))]
        named = [("CLASS", tags.quoted(self.kind)), ("X-XACAST-TEXT", tags.quoted(self.text))]
        if not self.opened:
            return [tags.date_range([*known, *lasting, *named])]
        return [tags.date_range([*known, *named]), *([tags.date_range([*known, *lasting])] if lasting else [])]
