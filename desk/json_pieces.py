"""Large answers as JSON, made piece by piece.

Python's encoder lets no other thread run until it is done with what it was given: five thousand sites at once are
felt on air, also when they are encoded beside the event loop.
"""

import json
from collections.abc import Mapping
from typing import Any


def json_pieces(words: Mapping[str, Any]) -> str:
    """What `json.dumps` gives, its lists and objects encoded one value after another."""
    return _object({key: _piece(value) for key, value in words.items()})


def _piece(value: object) -> str:
    match value:
        case list() | tuple():
            return f"[{', '.join([json.dumps(one) for one in value])}]"
        case dict():
            return _object({key: json.dumps(one) for key, one in value.items()})
        case _:
            return json.dumps(value)


def _object(encoded: Mapping[str, str]) -> str:
    return f"{{{', '.join([f'{json.dumps(key)}: {one}' for key, one in encoded.items()])}}}"
