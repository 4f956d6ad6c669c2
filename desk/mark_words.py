"""Marks as an operator writes them, and as the control API takes and shows them. No I/O.

    {"text": "Khai mạc", "at": "2026-11-22T01:02:03.500Z", "duration": 90.5, "class": "mark", "who": "lan"}
    {"end": "mark-1795…", "at": …, "who": "lan"}

`at` and `class` may be left out; `duration` is in seconds, 0 when left out, null for a mark that is open.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from desk.said import LONGEST_WHO
from flow.errors import OperatorError
from flow.timebase import utc_text
from packager.mark import MILLI, USUAL, Mark

LONGEST_S = 86_400
"""Seconds that a mark may last."""
_AGO = re.compile(r"-([0-9]{1,5})(s|m|min|h)", re.ASCII)
_LASTING = re.compile(r"([0-9]{1,5})(s|m|min|h)", re.ASCII)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3_600}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,), "at": (str,), "duration": (int, float, type(None)), "class": (str,), "end": (str,),
    "who": (str,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkWish:
    """What somebody asks for: a mark, or with `end` the end of the one of that id. Times are units."""

    text: str
    at: int | None
    duration: int | None
    kind: str
    end: str
    who: str


def wish_from(words: Any) -> MarkWish:  # noqa: ANN401 - checked here, word by word
    """The wish in a request; raises OperatorError for what makes no sense."""
    given: dict[str, Any] = words if isinstance(words, dict) else {"?": None}
    wrong = [str(key)[:40] for key, value in given.items() if type(value) not in _KINDS.get(key, ())]
    if wrong or bool(given.get("text")) == bool(given.get("end")):
        problem = f"the mark is wrong at {', '.join(wrong) or 'text and end'}"
        raise OperatorError(problem, f"Send text or end, and what is needed of {', '.join(_KINDS)}")
    at, who = given.get("at", ""), given.get("who", "")
    if len(who) > LONGEST_WHO or not who.isprintable():
        problem = "who marks is not one short line"
        raise OperatorError(problem, f"Send who with at most {LONGEST_WHO} letters")
    return MarkWish(
        text=unicodedata.normalize("NFC", given.get("text", "")), at=_units(at) if at else None,
        duration=_lasting(given.get("duration", 0)), kind=given.get("class", USUAL), end=given.get("end", ""),
        who=who,
    )


def shown(mark: Mark) -> dict[str, Any]:
    """A mark, ready for `json.dumps`."""
    lasting = None if mark.duration is None else mark.duration / MILLI / 1_000
    return {
        "id": mark.id, "text": mark.text, "at": utc_text(mark.start), "duration": lasting, "class": mark.kind,
    }


def at_of(word: str, now: datetime) -> str:
    """The time that an operator means, as the API takes it; raises OperatorError for what is none.

    `now` has the zone of the setting `timezone`: 14:05 is there, and the nearest: after midnight 23:50 is past.
    """
    if found := _AGO.fullmatch(word):
        moment = now - timedelta(seconds=int(found[1]) * _SECONDS[found[2]])
    elif found := _CLOCK.fullmatch(word):
        today = now.replace(hour=int(found[1]), minute=int(found[2]), second=int(found[3] or 0), microsecond=0)
        moment = min((today + timedelta(days=days) for days in (0, -1, 1)), key=lambda one: abs(one - now))
    else:
        moment = _moment(word)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    return moment.isoformat(timespec="milliseconds")


def seconds_of(word: str) -> int:
    """How long an operator wants it to last; raises OperatorError for what is no length."""
    found = _LASTING.fullmatch(word)
    if not found:
        problem = f"“{word[:40]}” is no length of time"
        raise OperatorError(problem, "Give 90s, 45min or 2h with --duration")
    return int(found[1]) * _SECONDS[found[2]]


def _moment(word: str) -> datetime:
    try:
        return datetime.fromisoformat(word)
    except ValueError as error:
        problem = f"“{word[:40]}” is no time"
        remedy = "Give 14:05, 14:05:30, -90s, -5min or 2026-11-22T14:05:30+07:00 with --at"
        raise OperatorError(problem, remedy) from error


def _units(at: str) -> int:
    moment = _moment(at)
    if moment.tzinfo is None:
        problem = f"“{at[:40]}” says no zone"
        raise OperatorError(problem, "Add Z or an offset such as +07:00")
    return (moment - _EPOCH) // timedelta(milliseconds=1) * MILLI


def _lasting(seconds: float | None) -> int | None:
    if seconds is None:
        return None
    if not 0 <= seconds <= LONGEST_S:
        problem = f"a mark cannot last {seconds} s"
        raise OperatorError(problem, "Choose 0 to 24 hours")
    return round(seconds * 1_000) * MILLI
