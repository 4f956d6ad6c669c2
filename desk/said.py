"""Who does something to a channel, and why, as it goes with a request and into the event log. No I/O.

    {"who": "lan", "why": "giao ban tuần"}

Both may be left out. Of an account that is signed in `who` is its name, whatever was sent
(`desk/json_request.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flow.errors import OperatorError

LONGEST_WHO = 64
LONGEST_WHY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who, and why; each empty when it was not said."""

    who: str = ""
    why: str = ""


def said_in(words: Mapping[str, Any]) -> Said:
    """What a request says of it; raises OperatorError for what does not fit into a line of the log."""
    return Said(who=short_line(words, "who", LONGEST_WHO), why=short_line(words, "why", LONGEST_WHY))


def short_line(words: Mapping[str, Any], key: str, longest: int) -> str:
    """One short line, empty when it is not there: it reaches logs and pages (T-13, T-33). Raises OperatorError."""
    text = words.get(key, "")
    if not isinstance(text, str) or not text.isprintable() or len(text) > longest:
        problem = f"“{key}” is not one line of at most {longest} letters"
        raise OperatorError(problem, f"Shorten “{key}”, or leave it out")
    return text
