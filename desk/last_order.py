"""Who brought about what an operator has set, as far as the event log still has it. Values in, values out."""

from collections.abc import Iterable
from typing import Any

_KINDS = {"pinned": ("take", "take-later"), "hold": ("hold",), "cut": ("cut",)}
"""By mode: the events of the orders that lead there."""


def last_order(records: Iterable[dict[str, Any]], mode: str) -> dict[str, str] | None:
    """`who` (empty when nobody said) and `at` of the order that a channel's mode comes from; None where the rules
    choose, or when the log does not go back so far.

    `records` are the channel's, newest first. What a worker restored, or did when a picture had come, was ordered
    before.
    """
    kinds = _KINDS.get(mode, ())
    for record in records if kinds else ():
        data = record.get("data")
        if record.get("kind") in kinds and isinstance(data, dict) and not data.get("how"):
            return {"who": str(record.get("who", "")), "at": str(record.get("at", ""))}
    return None
