"""A mark that an operator sets on a channel's time: a place or a stretch with a text."""

import re
from dataclasses import dataclass

from flow.timebase import SCALE, seconds_text, utc_text
from packager import tags

LONGEST = 200
"""Letters of a text."""
USUAL = "mark"
"""The class of a mark of which nothing else is said."""
PROGRAMME = "xacast-programme"
"""The class of a programme's place in the channel's time; only the schedule sets those."""
MILLI = SCALE // 1_000
FARTHEST = 86_400 * SCALE
"""From now into the future."""
_CLASS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_VARIABLE = "{$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """`start` and `duration` are units on the channel's clock, whole milliseconds; `duration` is None while it is
    open, `opened` whether it began so. All of `kind` mean the same sort of thing. `changed` is when it was set, or
    given its end. A programme's text is its title, and `text_en` that in English, empty for none.

    Raises ValueError, with a sentence, for what is none: a quoted string of a playlist has no way to write a
    quotation mark, and players look for variables in it (RFC 8216bis 4.2, 4.3). A programme's title is
    escaped instead.
    """

    id: str
    text: str
    start: int
    duration: int | None = 0
    kind: str = USUAL
    opened: bool = False
    changed: int = 0
    text_en: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.text.strip()) <= len(self.text) <= LONGEST or not self.text.isprintable():
            message = f"a mark's text is one line of 1 to {LONGEST} letters"
            raise ValueError(message)
        if len(self.text_en) > LONGEST or not self.text_en.isprintable():
            message = f"a title is one line of at most {LONGEST} letters"
            raise ValueError(message)
        if self.kind != PROGRAMME and ('"' in self.text or _VARIABLE in self.text):
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
        lasting = [] if self.duration is None else [self._lasting(self.duration)]
        named = [("CLASS", tags.quoted(self.kind)), *self._said()]
        if not self.opened:
            return [tags.date_range([*known, *lasting, *named])]
        return [tags.date_range([*known, *named]), *([tags.date_range([*known, *lasting])] if lasting else [])]

    def _lasting(self, duration: int) -> tuple[str, str]:
        if self.kind == PROGRAMME:
            return "END-DATE", tags.quoted(utc_text(self.start + duration))
        return "DURATION", seconds_text(duration, 3)

    def _said(self) -> list[tuple[str, str]]:
        if self.kind != PROGRAMME:
            return [("X-XACAST-TEXT", tags.quoted(self.text))]
        titles = (("X-XACAST-TITLE", self.text), ("X-XACAST-TITLE-EN", self.text_en))
        return [(name, tags.quoted(escaped(title))) for name, title in titles if title]


def escaped(text: str) -> str:
    """A title as a quoted string can hold it (T-13): what would end the string or begin a variable is written as
    in an address, `%22` (RFC 3986, 2.1), and `%` too, so that whoever reads it gets the title back."""
    return text.replace("%", "%25").replace('"', "%22").replace("{", "%7B")
