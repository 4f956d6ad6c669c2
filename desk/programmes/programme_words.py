"""Programmes as they go over the control API. No I/O.

    {"channel", "title", "title_en", "start", "end" or "lasting_s", "audience": preset, "invite": […],
     "exclude": […], "description", "documents": [name, …], "rehearsal_s", "recording",
     "every", "until", "count", "except": [date, …]}

Times are as `desk.programmes.times` reads them, on the clock of the headend's zone unless they have an offset. The
last line is a series' and may be left out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from itertools import islice
from typing import Any

from desk.programmes.audience import Audience
from desk.programmes.audience_words import Names, audience_from, rule_word
from desk.programmes.programme import MOST_DESCRIPTION, MOST_TITLE, Programme, ProgrammeId
from desk.programmes.recurrence import MOST, Recurrence, days
from desk.programmes.recurrence_words import recurrence_from, recurrence_text
from desk.programmes.times import moment_of, on_day, utc_time
from desk.register.folding import composed
from flow.errors import OperatorError
from flow.ids import channel_id
from flow.nearest import remedy_for

NOT_YET = ProgrammeId("p0")
"""The id of one that is not written yet."""
_VALUES: dict[str, type] = {
    "title": str, "title_en": str, "start": str, "end": str, "lasting_s": int, "audience": str, "invite": list,
    "exclude": list, "description": str, "documents": list, "rehearsal_s": int, "recording": bool,
}
_SERIES: dict[str, type] = {"every": str, "until": str, "count": int, "except": list}
_PLAIN = ("title", "title_en", "description", "rehearsal_s", "recording")


def new_programmes(words: object, names: Names, zone: tzinfo, now_s: int) -> tuple[list[Programme], str]:
    """The programmes that are asked for, without ids, and the words of their series, if they are one.

    Raises OperatorError for what makes none.
    """
    given = _checked(words, {"channel": str, **_VALUES, **_SERIES})
    for key in ("channel", "title", "start"):
        if not given.get(key):
            problem = f"the programme has no {key}"
            raise OperatorError(problem, "Give channel, title and start, and end or lasting_s")
    start_s = moment_of(given["start"], zone, now_s)
    one = Programme(
        id=NOT_YET, channel=channel_id(given["channel"]), start_s=start_s,
        end_s=_end(given, start_s, zone, now_s), audience=_audience(given, names), documents=_documents(given),
        **{key: _plain(key, given[key]) for key in _PLAIN if key in given},
    )
    if one.end_s is None:
        problem = "the programme has no end"
        raise OperatorError(problem, "Give end or lasting_s; `xacast programme start` begins one without")
    series = _series(given, one, zone)
    made = [one] if series is None else _each(one, series, zone)
    if not made or (made[0].end_s or 0) <= now_s:
        problem = "the programme is over already" if made else "the series has no day"
        raise OperatorError(problem, "Choose a later start")
    return made, "" if series is None else recurrence_text(series)


def changed_programme(one: Programme, words: object, names: Names, zone: tzinfo, now_s: int) -> Programme:
    """The programme with those words in place of its own; raises OperatorError."""
    given = _checked(words, _VALUES)
    values: dict[str, Any] = {key: _plain(key, given[key]) for key in _PLAIN if key in given}
    if "documents" in given:
        values["documents"] = _documents(given)
    if given.get("start"):
        values["start_s"] = moment_of(given["start"], zone, now_s)
    start_s = values.get("start_s", one.start_s)
    end_s = _end(given, start_s, zone, now_s)
    if end_s is None and one.end_s is not None:  # who moves the start moves the whole of it
        end_s = one.end_s + start_s - one.start_s
    values["end_s"] = end_s
    if "audience" in given or "invite" in given:
        shut = given.get("exclude", [rule_word(rule) for rule in one.audience.excluded])
        values["audience"] = _audience({**given, "exclude": shut}, names)
    elif "exclude" in given:
        kept = [rule_word(rule) for rule in one.audience.included]
        values["audience"] = audience_from("", kept, given["exclude"], names)
    return replace(one, **values)


def shown(one: Programme, *, state: str, every: str = "", sites: int | None = None) -> dict[str, Any]:
    """A programme as JSON; `state` is in a word, `sites` says how many are invited."""
    told = {
        "id": one.id, "channel": one.channel, "title": one.title, "title_en": one.title_en, "state": state,
        "start": utc_time(one.start_s), "end": _utc(one.end_s), "rehearsal_s": one.rehearsal_s,
        "began": _utc(one.began_s), "ended": _utc(one.ended_s), "runs_over": one.runs_over,
        "recording": one.recording, "description": one.description, "documents": list(one.documents),
        "invite": sorted(rule_word(rule) for rule in one.audience.included),
        "exclude": sorted(rule_word(rule) for rule in one.audience.excluded),
        "series": one.series, "every": every,
    }
    return told if sites is None else {**told, "sites": sites}


def _end(given: Mapping[str, Any], start_s: int, zone: tzinfo, now_s: int) -> int | None:
    if given.get("end") and "lasting_s" in given:
        problem = "a programme has an end or a length, and not both"
        raise OperatorError(problem, "Leave one of end and lasting_s out")
    if "lasting_s" in given:
        return start_s + int(given["lasting_s"])
    # “08:00 to 09:30” is on one day, whatever time it is now.
    return moment_of(given["end"], zone, max(start_s, now_s)) if given.get("end") else None


def _series(given: Mapping[str, Any], one: Programme, zone: tzinfo) -> Recurrence | None:
    if not given.get("every"):
        if any(given.get(key) for key in _SERIES):
            problem = "until, count and except are a series', which needs every"
            raise OperatorError(problem, "Give every, such as “week”")
        return None
    first = datetime.fromtimestamp(one.start_s, zone).date()
    return recurrence_from(
        given["every"], first, until=given.get("until", ""), number=given.get("count"),
        exceptions=_texts(given, "except"),
    )


def _each(one: Programme, series: Recurrence, zone: tzinfo) -> list[Programme]:
    first = datetime.fromtimestamp(one.start_s, zone)
    lasting_s = (one.end_s or one.start_s) - one.start_s
    found = list(islice(days(series, first.date()), MOST + 1))
    if len(found) > MOST:
        problem = f"the series has more than {MOST} programmes"
        raise OperatorError(problem, "End it sooner; another can follow it")
    starts = [on_day(day, first.time(), zone) for day in found]
    return [replace(one, start_s=start_s, end_s=start_s + lasting_s) for start_s in starts]


def _audience(given: Mapping[str, Any], names: Names) -> Audience:
    return audience_from(given.get("audience", ""), _texts(given, "invite"), _texts(given, "exclude"), names)


def _documents(given: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(composed(name) for name in _texts(given, "documents"))


def _texts(given: Mapping[str, Any], key: str) -> list[str]:
    return list(given.get(key) or ())


def _checked(words: object, known: Mapping[str, type]) -> dict[str, Any]:
    given = words if isinstance(words, dict) else {"": words}
    for key, value in given.items():
        kind = known.get(key)
        if kind is None:
            problem = f"a programme has no “{str(key)[:40]}” to be set"
            raise OperatorError(problem, remedy_for(str(key), known))
        listed = not isinstance(value, list) or all(isinstance(one, str) for one in value)
        if type(value) is not kind or not listed:
            problem = f"“{key}” of a programme cannot be that"
            raise OperatorError(problem, "See docs/programmes.md for what each may be")
    return given


def text_of(key: str, value: str) -> str:
    """A text in its one spelling; raises OperatorError for one that is too long as it was sent."""
    most = MOST_DESCRIPTION if key == "description" else MOST_TITLE
    if len(value) > most:
        problem = f"the programme's {key} cannot be that"
        raise OperatorError(problem, f"Use at most {most} letters")
    return composed(value)


def _plain(key: str, value: Any) -> Any:  # noqa: ANN401 - what a word may be
    return text_of(key, value) if isinstance(value, str) else value


def _utc(moment_s: int | None) -> str | None:
    return None if moment_s is None else utc_time(moment_s)
