"""A channel's rules as an operator writes them: `black=3`, `alone=keep`, `quiet=-50`, `blend=0.2`.

Times are in seconds, levels as `flow/rules.py` has them. `alone` says what becomes of a black or frozen feed while
no other is fit: `slate` or `keep`. What is not written stays as it is for conferences.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flow.errors import OperatorError
from flow.nearest import remedy_for
from flow.rules import CONFERENCE, LONGEST, LONGEST_BLEND, Rules

TICKS_A_SECOND = 25
TIMES = ("loss", "held", "black", "frozen", "silent", "lobby", "health", "pause", "blend")
LEVELS = {
    "quiet": ("quiet_dbfs", -120.0, 0.0), "lobby-level": ("lobby_level", 0.0, 255.0),
    "dark": ("dark", 0, 255), "bright-share": ("bright_share", 0.0, 1.0),
    "moved": ("moved", 0, 255), "moved-share": ("moved_share", 0.0, 1.0),
}
"""The field of `Rules` that a word means, and from where to where it goes."""
CHOICES = {"alone": ("stays", {"slate": False, "keep": True})}
"""The field that a word means, and what it may be set to."""


def rules_from(texts: Sequence[str]) -> Rules:
    """The rules that these words change; raises OperatorError for a word that means nothing."""
    rules = CONFERENCE
    for text in texts:
        name, _, value = text.partition("=")
        if name in CHOICES:
            changed = _choice(name, value)
        elif name in TIMES or name in LEVELS:
            changed = _changed(name, _number(name, value))
        else:
            problem = f"there is no rule “{name[:40]}”"
            raise OperatorError(problem, remedy_for(name[:40], (*TIMES, *LEVELS, *CHOICES)))
        rules = replace(rules, **changed)
    return rules


def _choice(name: str, text: str) -> dict[str, Any]:
    field, choices = CHOICES[name]
    if text not in choices:
        problem = f"rule {name}: “{text[:40]}” is none of {', '.join(choices)}"
        raise OperatorError(problem, "Write " + " or ".join(f"{name}={word}" for word in choices))
    return {field: choices[text]}


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if math.isnan(number) or abs(number) > LONGEST:
        problem = f"rule {name}: “{text[:40]}” is not a number"
        remedy = f"Write {name}=2 for two seconds" if name in TIMES else f"Write {name}=NUMBER"
        raise OperatorError(problem, remedy)
    return number


def _changed(name: str, number: float) -> dict[str, Any]:
    if name in TIMES:
        most = (LONGEST_BLEND if name == "blend" else LONGEST) / TICKS_A_SECOND
        if not 0 <= number <= most:
            problem = f"rule {name}: {number:g} s is not between 0 and {most:g}"
            raise OperatorError(problem, "Give a time in seconds within that")
        return {name: round(number * TICKS_A_SECOND)}
    field, least, most = LEVELS[name]
    if not least <= number <= most:
        problem = f"rule {name}: {number:g} is not between {least:g} and {most:g}"
        raise OperatorError(problem, "Give a level within that")
    return {field: type(least)(number)}
