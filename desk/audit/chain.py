"""A chain of entries in which nothing can be changed, left out or moved unseen. No I/O, no clock.

Each line holds an entry and the SHA-256 (FIPS 180-4) of the hash before it and of the entry, as canonical JSON:
keys in order, no spaces, ASCII alone. A line is right in one spelling only: not a bit of it can be another.
What was cut off at the end is missed by the head, the last number and hash, which is kept apart.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

BEGIN = "0" * 64
"""The hash before the first entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest entry: its number, from 1, and its hash; 0 when there is none."""

    number: int = 0
    hash: str = BEGIN

    @classmethod
    def parse(cls, text: str) -> Self:
        """From `number:hash`; raises ValueError."""
        number, _, digest = text.strip().partition(":")
        known = number.isascii() and number.isdigit() and len(number) <= 16
        if not (known and len(digest) == len(BEGIN) and set(digest) <= set("0123456789abcdef")):
            message = "a head is written NUMBER:HASH"
            raise ValueError(message)
        return cls(number=int(number), hash=digest)

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many entries are right, from the first; where they end; what is wrong then, empty when nothing is."""

    head: Head
    fault: str = ""


def canonical(value: object) -> str:
    """The one spelling of plain values: ASCII in one line, control characters escaped (T-33).

    Raises ValueError for what is no number in JSON.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def linked(head: Head, entry: dict[str, Any]) -> tuple[Head, str]:
    """The entry as the next line after `head`, without its end, and the head after it."""
    numbered = {**entry, "number": head.number + 1}
    after = Head(number=head.number + 1, hash=_hash(head.hash, numbered))
    return after, canonical({"entry": numbered, "hash": after.hash, "previous": head.hash})


def read_line(line: str) -> dict[str, Any] | None:
    """The line's words, whatever they say; None when they are not those of an entry."""
    try:
        words = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(words, dict) or not isinstance(words.get("entry"), dict):
        return None
    return words if isinstance(words["entry"].get("number"), int) else None


def follows(head: Head, line: str) -> Head | None:
    """The head after the line when it is right and the next one after `head`; else None."""
    words = read_line(line)
    if words is None or words["entry"]["number"] != head.number + 1:
        return None
    after, right = linked(head, words["entry"])
    return after if line == right else None


def verify(lines: Iterable[str], head: Head | None = None) -> Verdict:
    """Go through all lines, the oldest first; `head` is what was kept apart, None when it was not.

    The first fault ends it. Entries after `head` are no fault: they came later.
    """
    known, heads_hash = Head(), BEGIN if head and head.number == 0 else ""
    for line in lines:
        after = follows(known, line)
        if after is None:
            return Verdict(head=known, fault=_fault(known, line))
        known = after
        if head and known.number == head.number:
            heads_hash = known.hash
    if head and known.number < head.number:
        fault = f"the end is cut off: entries {known.number + 1} to {head.number} are missing"
        return Verdict(head=known, fault=fault)
    if head and heads_hash != head.hash:
        return Verdict(head=known, fault=f"entry {head.number} is not the one of the head: it was written anew")
    return Verdict(head=known)


def _fault(known: Head, line: str) -> str:
    """What is wrong with the line after `known`."""
    expected = known.number + 1
    words = read_line(line)
    if words is None:
        return f"entry {expected} cannot be read"
    number = words["entry"]["number"]
    _, right = linked(Head(number=number - 1, hash=str(words.get("previous"))), words["entry"])
    if line != right:
        return f"entry {expected} is altered"
    if number > expected:
        return f"entry {expected} is missing: entry {number} stands in its place"
    if number < expected:
        return f"entry {expected} is not in its place: entry {number} stands there"
    return f"entry {expected} does not follow the one before it: one of both was written anew"


def _hash(previous: str, entry: dict[str, Any]) -> str:
    return hashlib.sha256(f"{previous}{canonical(entry)}".encode()).hexdigest()
