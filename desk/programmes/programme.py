"""A programme: a scheduled item on a channel, with its audience. The one object that everything else reads."""

import re
from dataclasses import dataclass
from typing import NewType

from desk.programmes.audience import Audience
from flow.errors import OperatorError
from flow.ids import ChannelId

ProgrammeId = NewType("ProgrammeId", str)

MOST_TITLE = 200
MOST_DESCRIPTION = 2_000
MOST_DOCUMENTS = 20
LONGEST_S = 24 * 3_600
"""A meeting takes less than a day; a longer one is a slip of the hand."""
REHEARSAL_S = 15 * 60
LONGEST_REHEARSAL_S = 60 * 60
_ID = re.compile(r"p[1-9][0-9]{0,11}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One item. Times are whole seconds since the epoch, UTC; `rehearsal_s` is a length.

    `end_s` is None for one that runs until it is stopped; so does one that `runs_over`, past its end. `began_s`
    and `ended_s` say when an operator began or ended it by hand, None when he did not. `documents` are names
    alone. `series` is what recurring ones have in common.
    """

    id: ProgrammeId
    channel: ChannelId
    title: str
    start_s: int
    end_s: int | None
    audience: Audience
    title_en: str = ""
    description: str = ""
    documents: tuple[str, ...] = ()
    rehearsal_s: int = REHEARSAL_S
    recording: bool = True
    cancelled: bool = False
    began_s: int | None = None
    ended_s: int | None = None
    runs_over: bool = False
    series: int | None = None

    def __post_init__(self) -> None:
        lasting = 1 if self.end_s is None else self.end_s - self.start_s
        titles = (self.title, self.title_en, *self.documents)
        # A title stands on the slate, in lists and in a terminal (T-13, T-33).
        lines = all(text.isprintable() and len(text) <= MOST_TITLE for text in titles)
        described = all(letter.isprintable() or letter == "\n" for letter in self.description)
        for fits, key, allowed in (
            (bool(self.title.strip()) and lines, "title", f"one line of at most {MOST_TITLE} letters"),
            (self.start_s > 0 and 0 < lasting <= LONGEST_S, "end", "a time after the start, within 24 hours"),
            (0 <= self.rehearsal_s <= LONGEST_REHEARSAL_S, "rehearsal", "0 to 60 minutes"),
            (described and len(self.description) <= MOST_DESCRIPTION, "description",
             f"at most {MOST_DESCRIPTION} letters"),
            (len(self.documents) <= MOST_DOCUMENTS and all(self.documents), "documents",
             f"at most {MOST_DOCUMENTS} names"),
        ):
            if not fits:
                problem = f"the programme's {key} cannot be that"
                raise OperatorError(problem, f"Use {allowed}")

    @property
    def begins_s(self) -> int:
        """When it goes on air, or went: by hand before its start, else with it."""
        return self.start_s if self.began_s is None else min(self.began_s, self.start_s)

    @property
    def rehearses_s(self) -> int:
        """When its rehearsal begins."""
        return min(self.start_s - self.rehearsal_s, self.begins_s)

    @property
    def over_s(self) -> int | None:
        """When it is over; None as long as only an operator can say so."""
        if self.ended_s is not None:
            return max(self.ended_s, self.begins_s)
        return None if self.runs_over else self.end_s


def programme_id(text: str) -> ProgrammeId:
    """`text` as a programme's id; raises OperatorError when it is none."""
    if not _ID.fullmatch(text):
        problem = f"“{text[:64]}” is no programme"
        raise OperatorError(problem, "Programmes are called p1, p2, …; `xacast programme list` shows them")
    return ProgrammeId(text)
