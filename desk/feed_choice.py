"""Which feed an operator's word means: its number as status shows it, or a part of its address."""

import re
from collections.abc import Sequence

from flow.errors import OperatorError
from flow.nearest import nearest


def feed_index(word: str, shown: Sequence[str]) -> int:
    """The feed's place, counted from 0; raises OperatorError with the nearest one for a word that means none.

    `shown` are the feeds' addresses without secrets, in order.
    """
    if word.isascii() and word.isdigit():
        if 1 <= int(word) <= len(shown):
            return int(word) - 1
        problem = f"there is no feed {word}"
        raise OperatorError(problem, _listed(shown))
    exact = [at for at, address in enumerate(shown) if address == word]
    found = exact or [at for at, address in enumerate(shown) if word and word.lower() in address.lower()]
    if len(found) == 1:
        return found[0]
    if found:
        problem = f"“{word}” may be feed {' or '.join(str(at + 1) for at in found)}"
        raise OperatorError(problem, f"Say its number. {_listed(shown)}")
    problem = f"no feed's address has “{word}” in it"
    pieces = [piece for address in shown for piece in re.split(r"[/:@?&=]+", address) if piece]
    close = nearest(word, [*shown, *pieces])
    raise OperatorError(problem, f"Did you mean “{close}”? {_listed(shown)}" if close else _listed(shown))


def _listed(shown: Sequence[str]) -> str:
    return "Feeds: " + ", ".join(f"{at} is {address}" for at, address in enumerate(shown, start=1))
