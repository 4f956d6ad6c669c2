"""Where viewers reach this machine, as its operator says it: by name, before a proxy or an edge. No I/O."""

import re
from urllib.parse import urlsplit

from flow.errors import OperatorError

_PLACE = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


def public_address_of(text: str) -> str:
    """`https://hop.example.vn`, without anything behind it; empty for none. Raises OperatorError."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:  # a bracket that is not closed
        parts = urlsplit("")
    beside = parts.path.strip("/") or parts.query or parts.fragment
    whole = text.isprintable() and not beside and _PLACE.fullmatch(parts.netloc)  # urlsplit drops line ends
    if parts.scheme not in {"http", "https"} or not whole:
        problem = f"“{text[:80]}” is not where viewers reach a machine"
        raise OperatorError(problem, 'Write public_address = "https://hop.example.vn", or https://10.0.0.5:8443')
    return f"{parts.scheme}://{parts.netloc}"
