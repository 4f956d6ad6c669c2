"""The two-person rule: which changes of what is on air need a second operator, and who waits for one. Pure.

A picture that is wrong goes off air by one person: “cut” is never asked about (T-37).
"""

import hashlib
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

WITHIN_S = 60
SECOND_NEEDED = 428
"""The status that says so: Precondition Required (RFC 6585, 3)."""
MOST, MOST_OF_ONE = 64, 8
"""Who may wait at a time, in all and of one person."""
_START = "/api/v1/channels/{name}/programme/start"
_ALONE = frozenset({"cut", "hold", "preview", "retry"})
"""Orders that change nothing of what is on air, or take it off."""


class Rule(StrEnum):
    """When it holds: never, while a programme for all sites is on, or while any programme is."""

    OFF = "off"
    NATIONAL = "national"
    EVERY = "every"


def needs_second(method: str, path: str, words: dict[str, Any]) -> bool:
    """Whether a request, by its route, changes what is on air."""
    match method, path:
        case "POST", "/api/v1/channels/{name}/commands":
            return str(words.get("do")) not in _ALONE  # what a stranger sends is anything
        case "PATCH", "/api/v1/channels/{name}":
            return "each" in words or "by_hand" in words  # by hand, a programme's end takes nothing off any more
        case "PATCH", "/api/v1/programmes/{programme}":
            return True  # another end, or another audience
        case "POST", "/api/v1/channels":
            return True  # of a channel that is off, in the middle of a programme
        case "POST", "/api/v1/programmes":
            return True  # it may have begun already
        case "DELETE", "/api/v1/channels/{name}":
            return True
        case "POST", "/api/v1/programmes/{programme}/cancel":
            return True  # of what is on, it takes that off
        case "POST", "/api/v1/channels/{name}/programme/start" | "/api/v1/channels/{name}/programme/stop":
            return True
        case _:
            return False


def begins(method: str, path: str, words: dict[str, Any]) -> bool:
    """Whether a request brings on air what comes next on a channel, whatever that is."""
    return (method, path) == ("POST", _START) and not (words.get("title") or words.get("programme"))


def plans(method: str, path: str, words: dict[str, Any]) -> bool:
    """Whether a request says itself which programme may be on air by it, at once or soon."""
    planned = (method, path) in {("POST", "/api/v1/programmes"), ("PATCH", "/api/v1/programmes/{programme}")}
    return planned or ((method, path) == ("POST", _START) and not begins(method, path, words))


def digest_of(method: str, address: str, body: bytes) -> str:
    """What was asked, word by word: what is confirmed is that and nothing else."""
    return hashlib.sha256(b"\0".join((method.encode(), address.encode(), body))).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Somebody wants something of a channel; `until_s` is of a clock that only goes forward. `by` confirmed it."""

    number: int
    who: str
    method: str
    path: str
    channel: str
    digest: str = field(repr=False)
    asked: dict[str, Any] = field(default_factory=dict)
    until_s: int = 0
    by: str = ""


class Asks:
    """All that wait for a second."""

    def __init__(self) -> None:
        self._asks: dict[int, Ask] = {}
        self._last = 0

    def add(self, ask: Ask, now_s: int) -> Ask | None:
        """Let one wait, with a number of its own; the one that is there when it was asked already, None when too
        many wait."""
        self.forget(now_s)
        mine = [one for one in self._asks.values() if one.who == ask.who]
        for one in mine:
            if one.digest == ask.digest:
                return one
        if len(self._asks) >= MOST or len(mine) >= MOST_OF_ONE:
            return None
        self._last += 1
        made = replace(ask, number=self._last, until_s=now_s + WITHIN_S)
        self._asks[made.number] = made
        return made

    def waiting(self, now_s: int) -> list[Ask]:
        """Those that nobody has confirmed, the oldest first."""
        self.forget(now_s)
        return [one for one in self._asks.values() if not one.by]

    def get(self, number: int, now_s: int) -> Ask | None:
        """The one of that number, while its time is not over."""
        self.forget(now_s)
        return self._asks.get(number)

    def confirm(self, ask: Ask, by: str) -> None:
        """A second has said yes."""
        self._asks[ask.number] = replace(ask, by=by)

    def done(self, number: int) -> None:
        """It is done, once."""
        self._asks.pop(number, None)

    def forget(self, now_s: int) -> None:
        """Those whose time is over."""
        self._asks = {number: one for number, one in self._asks.items() if one.until_s > now_s}
