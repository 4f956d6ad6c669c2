"""Short words for JSON Schema (draft 2020-12), as the files of the control API's document write them. No I/O.

    "string", "integer", "number", "boolean", "object", "null"    a type
    "Site"      the schema of that name
    "Site?"     that or null
    "[Site]"    a list of them
    {…}         JSON Schema as it is; inside `anyOf`, `items` and `additionalProperties` short words may stand
"""

from collections.abc import Mapping
from typing import Any

_TYPES = frozenset({"string", "integer", "number", "boolean", "object", "null"})
OPEN = "_open"
"""In an object: words that are not named are passed over, and not refused."""


def schema(word: Any) -> Any:  # noqa: ANN401 - what a TOML file holds
    """The schema that is meant."""
    if isinstance(word, Mapping):
        return {key: _inside(key, value) for key, value in word.items()}
    if not isinstance(word, str):
        return word
    if word.endswith("?"):
        one = schema(word[:-1])
        return {"type": [one["type"], "null"]} if set(one) == {"type"} else {"anyOf": [one, {"type": "null"}]}
    if word.startswith("["):
        return {"type": "array", "items": schema(word[1:-1])}
    return {"type": word} if word in _TYPES else {"$ref": f"#/components/schemas/{word}"}


def object_schema(words: Mapping[str, Any]) -> dict[str, Any]:
    """An object with these words and no others, all of them there but those that are written with a “?”."""
    named = {key.removesuffix("?"): schema(value) for key, value in words.items() if key != OPEN}
    made: dict[str, Any] = {"type": "object", "properties": named}
    if required := [key for key in words if key != OPEN and not key.endswith("?")]:
        made["required"] = required
    return made if words.get(OPEN) else {**made, "additionalProperties": False}


def _inside(key: str, value: Any) -> Any:  # noqa: ANN401
    if key == "anyOf":
        return [schema(one) for one in value]
    return schema(value) if key in {"items", "additionalProperties"} else value
