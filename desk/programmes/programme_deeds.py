"""What an operator does to what is on: begins it, ends it, lets it run on. Each is one transaction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import tzinfo
from typing import Any

from desk.database.database import Database
from desk.errors import RefusedError
from desk.programmes.audience_words import audience_from
from desk.programmes.book import Book
from desk.programmes.programme import LONGEST_S, Programme
from desk.programmes.programme_words import NOT_YET, text_of
from desk.programmes.times import moment_of, shown_time
from desk.programmes.timetable import Moment
from flow.errors import OperatorError
from flow.ids import ChannelId

EARLY_S = 2 * 3_600
"""How long before its start a programme may be begun without being named."""


def started(
    database: Database, channel: ChannelId, words: Mapping[str, Any], zone: tzinfo, now_s: int, within: str = "",
) -> dict[str, Any]:
    """Begin a programme now: an unscheduled one with `title`, which runs until it is stopped; else the next one,
    or `programme`. `audience`, `invite` and `exclude` are the unscheduled one's: all sites unless they say so, or
    those of the region `within`.

    Raises RefusedError (403, 404, 409) when there is none, or when another is on air.
    """
    with database.writing() as connection:
        book = Book.of(connection, zone, now_s)
        moment = book.moment(channel)
        if words.get("title"):
            one = unscheduled(book, channel, words, within)
            _refuse_second(moment, one)
            return book.told(*book.programmes.add([one], now_s))
        one = _meant(book, channel, moment, words.get("programme", ""))
        _refuse_second(moment, one)
        one = replace(one, began_s=min(one.began_s or now_s, now_s), ended_s=None)
        book.refuse_conflicts([one])
        book.programmes.change(one, now_s)
        return book.told(one)


def stopped(database: Database, channel: ChannelId, zone: tzinfo, now_s: int) -> dict[str, Any]:
    """End what is on air; raises RefusedError (409) when nothing is."""
    with database.writing() as connection:
        book = Book.of(connection, zone, now_s)
        one = replace(_on_air(book, channel), ended_s=now_s)
        book.programmes.change(one, now_s)
        return book.told(one)


def extended(
    database: Database, channel: ChannelId, words: Mapping[str, Any], zone: tzinfo, now_s: int,
) -> dict[str, Any]:
    """Let what is on air run `by_s` longer, or up to `to`, or with `open` until it is stopped.

    Raises OperatorError, and RefusedError (409) when nothing is on air or what follows is in the way; only one
    that is open lets that wait.
    """
    given = [key for key in ("by_s", "to", "open") if words.get(key)]
    if len(given) != 1:
        problem = "how far to extend is not said"
        raise OperatorError(problem, "Give one of by_s, to and open")
    with database.writing() as connection:
        book = Book.of(connection, zone, now_s)
        one = _on_air(book, channel)
        if words.get("open"):
            one = replace(one, runs_over=one.end_s is not None)
        else:
            # Past its end it goes on from now: nobody counts back to an end that is over.
            end_s = _end(one, words, zone, now_s)
            one = replace(one, end_s=end_s, runs_over=False)
            book.refuse_conflicts([one])
        book.programmes.change(one, now_s)
        return book.told(one)


def _end(one: Programme, words: Mapping[str, Any], zone: tzinfo, now_s: int) -> int:
    by_s = words.get("by_s") or 0
    end_s = moment_of(words["to"], zone, now_s) if words.get("to") else max(one.end_s or now_s, now_s) + by_s
    if by_s < 0 or not now_s < end_s <= now_s + LONGEST_S:
        problem = "it cannot be extended to then"
        raise OperatorError(problem, "Choose a time to come, within 24 hours")
    if one.end_s is not None and end_s < one.end_s:
        problem = f"it goes on until {shown_time(one.end_s, zone)} already, which is later"
        raise OperatorError(problem, f"To end it sooner: `xacast programme change {one.id} --end …`")
    return end_s


def unscheduled(book: Book, channel: ChannelId, words: Mapping[str, Any], within: str) -> Programme:
    """What `started` makes of a title, not written yet; raises OperatorError, RefusedError (403)."""
    everybody = f"locality:{within}" if within else "national"
    chosen = words.get("audience", "") or ("" if words.get("invite") else everybody)
    audience = audience_from(chosen, words.get("invite") or (), words.get("exclude") or (), book.named)
    book.refuse_outside(audience, within)
    return Programme(
        id=NOT_YET, channel=channel, title=text_of("title", words["title"]),
        title_en=text_of("title_en", words.get("title_en", "")),
        start_s=book.now_s, end_s=None, audience=audience, rehearsal_s=0, began_s=book.now_s,
    )


def _meant(book: Book, channel: ChannelId, moment: Moment, name: str) -> Programme:
    one = book.programmes.get(name) if name else _next(moment, book.now_s)
    if one is None or one.channel != channel or one.cancelled:
        problem = f"{name} is no programme of {channel}" if name else f"no programme of {channel} comes soon"
        remedy = 'Name one with --programme, or begin an unscheduled one with --title "…"'
        raise RefusedError(409, problem, remedy)
    if one.end_s is not None and one.end_s <= book.now_s and not one.runs_over:
        problem = f"{one.id} is over"
        raise RefusedError(409, problem, 'Begin an unscheduled one with --title "…"')
    if one.end_s is not None and one.end_s - book.now_s > LONGEST_S:
        problem = f"{one.id} comes at {shown_time(one.start_s, book.zone)}: it would be on air for more than a day"
        raise RefusedError(409, problem, f"Change its start first: `xacast programme change {one.id} --start`")
    return one


def _next(moment: Moment, now_s: int) -> Programme | None:
    """The one in rehearsal or on air, one that was stopped before its end, or the one that comes soon."""
    one = moment.programme
    if one is not None and (one.end_s is None or one.end_s > now_s or moment.state.airs):
        return one
    after = moment.following
    return after if after is not None and after.start_s - now_s <= EARLY_S else None


def _refuse_second(moment: Moment, one: Programme) -> None:
    running = moment.programme
    if moment.state.airs and running is not None:
        if running.id == one.id:
            problem = f"{one.id} is on air already"
            raise RefusedError(409, problem, "Nothing is to be done")
        problem = f"{running.id}, “{running.title}”, is on air on {running.channel}"
        raise RefusedError(409, problem, f"End it first with `xacast programme stop {running.channel}`")


def _on_air(book: Book, channel: ChannelId) -> Programme:
    moment = book.moment(channel)
    if not moment.state.airs or moment.programme is None:
        problem = f"no programme is on air on {channel}"
        raise RefusedError(409, problem, f"`xacast programme list --channel {channel}` shows what comes")
    return moment.programme
