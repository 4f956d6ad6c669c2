"""Encryption as an operator writes it. No I/O."""

import re

from flow.errors import OperatorError

SHORTEST_S, LONGEST_S = 10, 300
"""Seconds that a key serves: one that leaks opens five minutes at most (T-16); below some segments, players would
fetch as many keys as segments."""
DEFAULT = f"{LONGEST_S // 60}min"
_WRITTEN = re.compile(r"([0-9]{1,3})(min|m|s)", re.ASCII)


def key_period_of(word: str, *, encrypt: bool) -> int:
    """How long a key serves, in seconds; 0 for a channel in clear. Raises OperatorError for what is no period, and
    for one of a channel that has no keys."""
    found = _WRITTEN.fullmatch(word)
    seconds = int(found[1]) * (1 if found[2] == "s" else 60) if found else 0
    if not SHORTEST_S <= seconds <= LONGEST_S:
        problem = f"“{word[:40]}” is no time for a key to serve"
        raise OperatorError(problem, "Give 10s to 5min with --key-period")
    if not encrypt and word != DEFAULT:
        problem = "a channel in clear has no keys"
        raise OperatorError(problem, "Add --encrypt, or leave --key-period out")
    return seconds if encrypt else 0
