"""Reading decoded JSON strictly: each call gives the kind of value it names or raises ValueError."""

from typing import Any

_HIGHEST = 2**63


def record(value: object) -> dict[str, Any]:
    """`value`, which must be an object."""
    if not isinstance(value, dict):
        message = "not an object"
        raise ValueError(message)  # noqa: TRY004 - broken notes are one kind of error, whatever is broken
    return value


def items(data: dict[str, Any], key: str) -> list[Any]:
    """The list under `key`."""
    value = data.get(key)
    if not isinstance(value, list):
        message = f"{key}: not a list"
        raise ValueError(message)  # noqa: TRY004 - as above
    return value


def number(data: dict[str, Any], key: str) -> int:
    """The whole number of 0 or more under `key`; true and false are none."""
    value = data.get(key)
    if type(value) is not int or not 0 <= value < _HIGHEST:
        message = f"{key}: not a number"
        raise ValueError(message)
    return value


def numbers(data: dict[str, Any], key: str) -> list[int]:
    """The list of such numbers under `key`."""
    return [number({key: value}, key) for value in items(data, key)]


def text(data: dict[str, Any], key: str) -> str:
    """The printable ASCII text under `key`, with nothing that could break out of a quoted string."""
    value = data.get(key)
    if not isinstance(value, str) or not value.isascii() or not value.isprintable() or '"' in value or not value:
        message = f"{key}: not a text"
        raise ValueError(message)
    return value
