"""What a request would bring on air that is not on yet: looked up before it is done, where two are needed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from desk.database.database import Database
from desk.programmes.audience import nationwide
from desk.programmes.book import Book
from desk.programmes.deed_words import START, checked
from desk.programmes.programme import Programme
from desk.programmes.programme_deeds import unscheduled
from desk.programmes.programme_words import changed_programme, new_programmes
from desk.register.site_query import SiteQuery
from flow.errors import OperatorError
from flow.ids import channel_id

LEAD_S = 10 * 60
"""What begins so soon is as good as on air: nobody looks at the schedule in between. It is what is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """A programme would be on air on the channel, or in rehearsal, now or within `LEAD_S`; `national` says that it
    is the whole country's."""

    channel: str
    national: bool


def foreseen(
    database: Database, words: Mapping[str, Any], zone: tzinfo, now_s: int, *, channel: str = "",
    programme: str = "", within: str = "",
) -> Foresight | None:
    """What comes of these words: of a programme that begins now on a `channel`, of a change of a `programme`, else
    of a new one, as somebody of the region `within` sends them; None of what comes later, and of what makes no
    sense, which is the handler's to refuse. Raises DatabaseGoneError.
    """
    with database.reading() as connection:
        book = Book.of(connection, zone, now_s)
        try:
            one = _made(book, words, channel, programme, within)
        except OperatorError:
            return None
        if one.rehearses_s > now_s and one.begins_s > now_s + LEAD_S:
            return None
        national = nationwide(one.audience, book.tree, book.sites.find(SiteQuery()))
        return Foresight(channel=one.channel, national=national)


def _made(book: Book, words: Mapping[str, Any], channel: str, programme: str, within: str) -> Programme:
    given = {key: value for key, value in words.items() if key not in {"who", "why"}}
    if channel:
        checked(given, START)
    if channel and given.get("title"):
        return unscheduled(book, channel_id(channel), given, within)
    if channel:
        return replace(book.programmes.get(given["programme"]), began_s=book.now_s)
    if programme:
        return changed_programme(book.programmes.get(programme), given, book.named, book.zone, book.now_s)
    return new_programmes(given, book.named, book.zone, book.now_s)[0][0]
