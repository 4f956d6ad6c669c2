"""JSON made from other JSON, value by value."""

import json
import random
from typing import Any

_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 0.5, 1e308, float("inf"), float("nan"), 2**31, 2**53 + 1, 2**63, 10**30,
    -(10**30), "", "0", "a", "\0", "\ud800", "a" * 300, "Đ", [], {}, [[]], [0], [None], {"": None}, {"a": {}},
)


class JsonMutation:
    """Chance decides which values become others."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def of(self, body: bytes, other: bytes) -> bytes:
        """Another input; a word of its own when the first one is no JSON."""
        try:
            made, foreign = json.loads(body), _read(other)
        except (ValueError, RecursionError):
            return json.dumps(self._chance.choice(_ODD)).encode()
        for _ in range(1 << self._chance.randrange(3)):
            made = self._changed(made, foreign, 0)
        return json.dumps(made).encode()

    def _changed(self, value: Any, foreign: Any, depth: int) -> Any:
        inner = isinstance(value, dict | list) and value and depth < 20
        if not inner or self._chance.random() < 0.1:
            return self._other(value, foreign)
        if isinstance(value, dict):
            return self._changed_object(dict(value), foreign, depth)
        listed = list(value)
        at = self._chance.randrange(len(listed))
        match self._chance.randrange(6):
            case 0:
                del listed[at]
            case 1:
                listed[at:at] = listed[at : at + 1] * self._chance.choice((1, 2, 40))
            case _:
                listed[at] = self._changed(listed[at], foreign, depth + 1)
        return listed

    def _changed_object(self, made: dict[str, Any], foreign: Any, depth: int) -> dict[str, Any]:
        key = self._chance.choice(list(made))
        match self._chance.randrange(8):
            case 0:
                del made[key]
            case 1:
                made[self._chance.choice(("", "a", key.upper()))] = made[key]
            case _:
                made[key] = self._changed(made[key], foreign, depth + 1)
        return made

    def _other(self, value: Any, foreign: Any) -> Any:
        if type(value) is int and self._chance.random() < 0.5:
            return value + self._chance.choice((-1, 1, -(2**16), 2**16, -value - 1, value))
        return foreign if self._chance.random() < 0.1 else self._chance.choice(_ODD)


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
