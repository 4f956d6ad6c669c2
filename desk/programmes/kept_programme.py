"""A programme as a schedule on the disk has it: when it is on and what it is called, and not for whom. Pure."""

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from typing import Any

from desk.programmes.audience import Audience
from desk.programmes.programme import Programme
from desk.programmes.timetable import turns

_NOT_KEPT = frozenset({"audience", "description", "documents"})
_DAY = 24 * 3_600


def near(programmes: Iterable[Programme], now_s: int, *, ahead_s: int) -> tuple[Programme, ...]:
    """Those that say what the channel's picture is from now on, for so long: of the past what still matters, of
    what comes the next one at least. Each without what is not kept."""
    known = sorted(programmes, key=lambda one: (one.begins_s, one.id))
    line = turns(known)
    last = next((turn.programme.id for turn in reversed(line) if turn.from_s <= now_s), None)
    following = next((turn.programme.id for turn in line if turn.from_s > now_s), None)
    return tuple(
        replace(one, audience=Audience(), description="", documents=()) for one in known
        if one.id in {last, following}
        or ((one.over_s is None or one.over_s > now_s - _DAY) and one.rehearses_s <= now_s + ahead_s)
    )


def plain(one: Programme) -> dict[str, Any]:
    """Plain values, ready for `json.dumps`."""
    return {name: value for name, value in asdict(one).items() if name not in _NOT_KEPT}


def from_plain(words: dict[str, Any]) -> Programme:
    """What `plain` made; raises TypeError, ValueError, AttributeError or OperatorError for anything else."""
    names = {field.name for field in fields(Programme)} - _NOT_KEPT
    return Programme(**{name: value for name, value in words.items() if name in names}, audience=Audience())
