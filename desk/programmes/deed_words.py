"""What may be sent with an operator's deed, word by word. No I/O."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flow.errors import OperatorError
from flow.nearest import remedy_for

START: Mapping[str, type] = MappingProxyType({
    "title": str, "title_en": str, "audience": str, "invite": list, "exclude": list, "programme": str,
})
"""Of a programme that begins now."""
EXTEND: Mapping[str, type] = MappingProxyType({"by_s": int, "to": str, "open": bool})
"""Of one that runs on."""


def checked(words: Mapping[str, Any], known: Mapping[str, type]) -> Mapping[str, Any]:
    """The words, when each is known and of its kind, lists of texts; raises OperatorError."""
    for key, value in words.items():
        listed = not isinstance(value, list) or all(isinstance(one, str) for one in value)
        if key not in known or type(value) is not known[key] or not listed:
            problem = f"“{key[:40]}” cannot be that here"
            raise OperatorError(problem, remedy_for(key, known) if known else "Send who and why, or nothing")
    return words
