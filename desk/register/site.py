"""A site: a registered place that watches."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from desk.register.region import RegionId
from flow.errors import OperatorError
from flow.ids import is_id
from flow.nearest import remedy_for

SiteId = NewType("SiteId", str)

MOST_NAME = 200
MOST_NOTE = 1_000
MOST_LABELS = 20
MOST_KBPS = 10_000_000
_LABEL = re.compile(r"[^\W_][\w.-]{0,63}")


class SiteKind(StrEnum):
    """What watches: a hall, one person's office, a set-top box by itself, a terminal that moves."""

    HALL = "hall"
    OFFICE = "office"
    BOX = "box"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One place.

    `line_kbps` is the rate that its line is expected to have, 0 when nobody knows; `retired_s` is when it stopped
    watching (seconds since the epoch), `merged_into` the site that took its place.
    """

    id: SiteId
    name: str
    region: RegionId
    kind: SiteKind = SiteKind.HALL
    contact: str = ""
    phone: str = ""
    note: str = ""
    labels: frozenset[str] = frozenset()
    line_kbps: int = 0
    retired_s: int | None = None
    merged_into: SiteId | None = None

    def __post_init__(self) -> None:
        named = bool(self.name.strip()) and len(self.name) <= MOST_NAME
        labelled = len(self.labels) <= MOST_LABELS and all(_LABEL.fullmatch(one) for one in self.labels)
        # A line of a list is a line, and neither a terminal nor a spreadsheet is steered by a name (T-33).
        printable = all(letter.isprintable() for text in self.words for letter in text)
        for fits, key, allowed in (
            (named, "name", f"1 to {MOST_NAME} letters"),
            (len(self.contact) <= MOST_NAME, "contact", f"at most {MOST_NAME} letters"),
            (len(self.phone) <= MOST_NAME, "phone", f"at most {MOST_NAME} letters"),
            (len(self.note) <= MOST_NOTE, "note", f"at most {MOST_NOTE} letters"),
            (0 <= self.line_kbps <= MOST_KBPS, "line_kbps", f"0 to {MOST_KBPS} kb/s"),
            (labelled, "labels", f"at most {MOST_LABELS} words of letters, digits, “-” and “.”"),
            (printable, "texts", "letters that can be printed, on one line"),
        ):
            if not fits:
                problem = f"the site's {key} cannot be that"
                raise OperatorError(problem, f"Use {allowed}")

    @property
    def words(self) -> tuple[str, ...]:
        """The texts that people wrote."""
        return (self.name, self.contact, self.phone, self.note)


def site_id(text: str) -> SiteId:
    """`text` as a site's id; raises OperatorError when it is none."""
    if not is_id(text):
        problem = f"“{text[:64]}” cannot be a site's id"
        raise OperatorError(problem, "Use a-z, 0-9 and -, starting with a letter or digit, at most 64")
    return SiteId(text)


def site_kind(text: str) -> SiteKind:
    """`text` as a kind; raises OperatorError with the nearest."""
    try:
        return SiteKind(text.strip().lower())
    except ValueError as error:
        problem = f"“{text[:64]}” is no kind of site"
        raise OperatorError(problem, remedy_for(text, [kind.value for kind in SiteKind])) from error
