"""What an operator does to the schedule: each is one transaction, and answers programmes as JSON."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, tzinfo
from typing import Any

from desk.database.database import Database
from desk.errors import RefusedError
from desk.programmes.book import Book
from desk.programmes.programme import Programme
from desk.programmes.programme_query import ProgrammeQuery
from desk.programmes.programme_words import changed_programme, new_programmes
from desk.programmes.times import day_first, moment_of, on_day, utc_time
from flow.errors import OperatorError
from flow.ids import ChannelId, channel_id
from flow.nearest import remedy_for

_QUESTIONS = ("channel", "from", "to", "cancelled")


def listed(
    database: Database, words: Mapping[str, str], zone: tzinfo, now_s: int,
    runs: Callable[[str], bool] = lambda _channel: True,
) -> dict[str, Any]:
    """The programmes that are asked for, of channels that `runs` says: those of today and later unless `from` says
    so."""
    for key in words:
        if key not in _QUESTIONS:
            problem = f"nothing is asked by “{key[:40]}”"
            raise OperatorError(problem, remedy_for(key, _QUESTIONS))
    today = on_day(datetime.fromtimestamp(now_s, zone).date(), time(), zone)
    query = ProgrammeQuery(
        channel=channel_id(words["channel"]) if words.get("channel") else None,
        from_s=_day(words["from"], zone, now_s) if words.get("from") else today,
        to_s=_day(words["to"], zone, now_s) if words.get("to") else None,
        cancelled=words.get("cancelled", "") not in {"", "0", "no"},
    )
    with database.reading() as connection:
        book = Book.of(connection, zone, now_s)
        return {"programmes": book.all_told([one for one in book.programmes.find(query) if runs(one.channel)])}


def told(database: Database, name: str, zone: tzinfo, now_s: int) -> dict[str, Any]:
    """One programme, with how many sites are invited; raises RefusedError (404)."""
    with database.reading() as connection:
        book = Book.of(connection, zone, now_s)
        return book.told(book.programmes.get(name))


def added(
    database: Database, words: object, zone: tzinfo, now_s: int, within: str = "",
) -> dict[str, Any]:
    """New programmes, all or none: one, or each of a series, for sites of the region `within`, empty for all.

    Raises OperatorError, RefusedError (403, 409).
    """
    with database.writing() as connection:
        book = Book.of(connection, zone, now_s)
        made, every = new_programmes(words, book.named, zone, now_s)
        book.refuse_outside(made[0].audience, within)
        if every:
            series = book.programmes.add_series(every)
            made = [replace(one, series=series) for one in made]
        book.refuse_conflicts(made)
        kept = book.programmes.add(made, now_s)
        return {"programmes": [book.told(kept[0]), *book.all_told(kept[1:])]}


def changed(
    database: Database, name: str, words: object, zone: tzinfo, now_s: int, within: str = "",
) -> dict[str, Any]:
    """The programme with other words, a new audience `within` a region; raises OperatorError, RefusedError."""
    def turn(book: Book, one: Programme) -> Programme:
        _refuse_past(one, now_s)
        then = changed_programme(one, words, book.named, zone, now_s)
        if then.audience != one.audience:
            book.refuse_outside(then.audience, within)
        if one.begins_s <= now_s and then.start_s != one.start_s:
            problem = f"{one.id} has begun: its start does not change any more"
            raise RefusedError(409, problem, "Leave start out; `xacast programme extend` changes its end")
        if then.over_s is not None and then.over_s <= now_s:
            problem = f"{one.id} would be over already"
            raise RefusedError(409, problem, f"`xacast programme stop {one.channel}` ends it now")
        book.refuse_conflicts([then])
        return then

    return _change(database, name, zone, now_s, turn)


def cancelled(database: Database, name: str, zone: tzinfo, now_s: int, *, series: bool) -> dict[str, Any]:
    """The programme does not come, or with `series` none of its series from this one on.

    Raises RefusedError (404, 409): what has begun is stopped.
    """
    with database.writing() as connection:
        book = Book.of(connection, zone, now_s)
        one = book.programmes.get(name)
        if one.begins_s <= now_s and not one.cancelled:
            problem = f"{one.id} has begun"
            raise RefusedError(409, problem, f"`xacast programme stop {one.channel}` ends it")
        found = [one]
        if series and one.series is not None:
            query = ProgrammeQuery(series=one.series, from_s=one.start_s)
            found = [other for other in book.programmes.find(query) if other.begins_s > now_s] or found
        done = [replace(other, cancelled=True) for other in found]
        for other in done:
            book.programmes.change(other, now_s)
        return {"programmes": book.all_told(done)}


def channel_moment(database: Database, channel: ChannelId, zone: tzinfo, now_s: int) -> dict[str, Any]:
    """What the schedule says of a channel now."""
    with database.reading() as connection:
        book = Book.of(connection, zone, now_s)
        moment = book.moment(channel)
        return {
            "channel": channel, "state": moment.state.value,
            "programme": book.told(moment.programme) if moment.programme else None,
            "following": book.told(moment.following) if moment.following else None,
            "changes": None if moment.change_s is None else utc_time(moment.change_s),
        }


def _change(
    database: Database, name: str, zone: tzinfo, now_s: int, turn: Callable[[Book, Programme], Programme],
) -> dict[str, Any]:
    with database.writing() as connection:
        book = Book.of(connection, zone, now_s)
        one = turn(book, book.programmes.get(name))
        book.programmes.change(one, now_s)
        return book.told(one)


def _refuse_past(one: Programme, now_s: int) -> None:
    if one.cancelled or (one.over_s is not None and one.over_s <= now_s):
        problem = f"{one.id} is {'cancelled' if one.cancelled else 'over'}"
        raise RefusedError(409, problem, "Add another with `xacast programme add`")


def _day(text: str, zone: tzinfo, now_s: int) -> int:
    """A time, or a day's beginning."""
    day = day_first(text.strip())
    return moment_of(f"{day}T00:00" if len(day) == len("2026-11-24") and "-" in day else day, zone, now_s)
