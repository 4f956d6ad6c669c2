"""Settings of single feeds as an operator writes them: the feed's number, and with most of them a value.

    cold: "2"           trim: "1=-80"

A setting more is a row in NUMBERED, or in ON_AIR when it makes sense of a channel on air alone. Numbers count
from 1, in the order in which status shows the feeds.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from desk.track_words import sounds_of
from flow.errors import OperatorError
from flow.feed import MOST_TRIM_MS, Feed
from flow.layout import Role
from flow.nearest import remedy_for

LONGEST = 40
"""Letters of a word that an error shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """One setting. `form` is what its value looks like, empty when the number says it all; `changed` gives the
    feed with that value: it raises OperatorError, or ValueError for a value that says nothing. One that is for
    speakers alone (`mains`) is refused for slides."""

    form: str
    help: str
    changed: Callable[[Feed, str], Feed]
    mains: bool = True


def _cold(feed: Feed, _value: str) -> Feed:
    return replace(feed, cold=True)


def _warm(feed: Feed, _value: str) -> Feed:
    return replace(feed, cold=False)


def _trim(feed: Feed, value: str) -> Feed:
    trim = int(value)
    if abs(trim) > MOST_TRIM_MS:
        problem = f"{trim} ms is no lip-sync trim"
        raise OperatorError(problem, f"Give -{MOST_TRIM_MS} to {MOST_TRIM_MS}; more than that is another fault")
    return replace(feed, trim_ms=trim)


def _sound(feed: Feed, value: str) -> Feed:
    return replace(feed, sounds=sounds_of(value))


NUMBERED: Mapping[str, Numbered] = {
    "cold": Numbered(changed=_cold, form="", help="Feed N is decoded only while it is needed."),
    "trim": Numbered(changed=_trim, form="MS", help="Feed N's sound comes so many ms later (negative: earlier)."),
    "sound": Numbered(changed=_sound, form="S,…", help="Which sound of feed N goes to each track; 0 for silence."),
}


ON_AIR: Mapping[str, Numbered] = {
    **NUMBERED,
    "warm": Numbered(changed=_warm, form="", help="Feed N is decoded all the time: cold no longer."),
}
"""What can be changed of a feed on air."""


def with_numbered(
    feeds: Sequence[Feed], words: Mapping[str, Sequence[str]], settings: Mapping[str, Numbered] = NUMBERED,
) -> tuple[Feed, ...]:
    """The feeds with what `words` say of them, by setting; raises OperatorError for what makes no sense."""
    made = list(feeds)
    for name, texts in words.items():
        if name not in settings:
            problem = f"there is no setting “{name[:LONGEST]}” of a feed"
            raise OperatorError(problem, remedy_for(name[:LONGEST], settings))
        said: set[int] = set()
        for text in texts:
            number, _, value = text.partition("=")
            at = _place(name, number, made)
            if at in said:
                problem = f"{name} is said twice of feed {at + 1}"
                raise OperatorError(problem, "Say it once")
            said.add(at)
            made[at] = _changed(name, made[at], text, value)
    return tuple(made)


def _place(name: str, number: str, feeds: Sequence[Feed]) -> int:
    setting = ON_AIR[name]
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= len(feeds)):
        problem = f"{name}: there is no feed {number[:LONGEST]}"
        raise OperatorError(problem, f"Say the number of one of the {len(feeds)}, in their order")
    at = int(number) - 1
    if setting.mains and feeds[at].role is not Role.MAIN:
        problem = f"{name}: feed {at + 1} brings the slides"
        raise OperatorError(problem, "It can be said of the other feeds only")
    return at


def _changed(name: str, feed: Feed, text: str, value: str) -> Feed:
    setting = ON_AIR[name]
    if ("=" in text) == bool(setting.form):
        with suppress(ValueError):
            return setting.changed(feed, value)
    problem = f"{name}: “{text[:LONGEST]}” says nothing"
    raise OperatorError(problem, f"Write {name} N={setting.form}" if setting.form else f"Write {name} N")
