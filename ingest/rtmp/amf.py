"""AMF0, the notation of RTMP's commands (Action Message Format 0, file specification of 2007), within limits."""

import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ingest.rtmp.message import broken

DEEPEST = 8
MOST_VALUES = 1_000
_LONGEST_SHORT = 0xFFFF
_END = 9


def decode(data: bytes) -> list[Any]:
    """The values in `data`: float, bool, str, None, dict and list.

    Raises RtmpError for what is no AMF0, or nests or counts beyond the limits.
    """
    return _Decoder(data).all()


def encode(*values: object) -> bytes:
    """`values` in AMF0; the keys of mappings are text."""
    return b"".join(map(_encoded, values))


def _encoded(value: object) -> bytes:
    if value is None:
        return b"\5"
    if isinstance(value, bool):
        return b"\1\1" if value else b"\1\0"
    if isinstance(value, int | float):
        return b"\0" + struct.pack(">d", value)
    if isinstance(value, str):
        text = value.encode("utf-8")
        if len(text) <= _LONGEST_SHORT:
            return b"\2" + struct.pack(">H", len(text)) + text
        return b"\x0c" + struct.pack(">I", len(text)) + text
    if isinstance(value, Mapping):
        return b"\3" + b"".join(_name(key) + _encoded(item) for key, item in value.items()) + b"\0\0\x09"
    if isinstance(value, Sequence):
        return b"\x0a" + struct.pack(">I", len(value)) + b"".join(map(_encoded, value))
    message = f"AMF0 has no {type(value).__name__}"
    raise TypeError(message)


def _name(key: str) -> bytes:
    text = key.encode("utf-8")
    return struct.pack(">H", len(text)) + text


class _Decoder:
    """Reads one buffer once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._left = MOST_VALUES
        self._readers: dict[int, Callable[[int], object]] = {
            0: lambda _depth: self._number(), 1: lambda _depth: self._take(1) != b"\0",
            2: lambda _depth: self._text(2), 3: self._pairs, 5: lambda _depth: None, 6: lambda _depth: None,
            8: self._array, 10: self._list, 11: lambda _depth: self._date(), 12: lambda _depth: self._text(4),
            13: lambda _depth: None, 15: lambda _depth: self._text(4), 16: self._typed,
        }

    def all(self) -> list[Any]:
        values = []
        while self._at < len(self._data):
            values.append(self._value(0))
        return values

    def _value(self, depth: int) -> object:
        self._left -= 1
        reader = self._readers.get(self._take(1)[0])
        if reader is None or self._left < 0 or depth > DEEPEST:
            broken("a command cannot be read")
        return reader(depth)

    def _take(self, count: int) -> bytes:
        piece = self._data[self._at:self._at + count]
        if len(piece) < count:
            broken("a command is cut off")
        self._at += count
        return piece

    def _number(self) -> float:
        value: float = struct.unpack(">d", self._take(8))[0]
        return value

    def _date(self) -> float:
        value = self._number()
        self._take(2)  # the time zone, which shall be zero
        return value

    def _text(self, size: int) -> str:
        return self._take(int.from_bytes(self._take(size), "big")).decode("utf-8", "replace")

    def _pairs(self, depth: int) -> dict[str, object]:
        """Names and values up to the end mark."""
        found: dict[str, object] = {}
        while True:
            name = self._text(2)
            if not name and self._data[self._at:self._at + 1] == bytes([_END]):
                self._at += 1
                return found
            found[name] = self._value(depth + 1)

    def _array(self, depth: int) -> dict[str, object]:
        """An ECMA array is pairs as well; the count in front is only a hint."""
        self._take(4)
        return self._pairs(depth)

    def _list(self, depth: int) -> list[object]:
        count = int.from_bytes(self._take(4), "big")
        if count > self._left:
            broken("a list is too long")
        return [self._value(depth + 1) for _ in range(count)]

    def _typed(self, depth: int) -> dict[str, object]:
        self._text(2)
        return self._pairs(depth)
