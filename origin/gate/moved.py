"""A multivariant playlist whose media is in another folder than itself. Pure."""

import re

_PAIR = re.compile(r'([A-Z0-9-]+)=("[^"]*"|[^",]*)')  # an attribute (RFC 8216bis 4.2); a name may hold any word


def moved(text: str, folder: str) -> str:
    """The same playlist with `folder` before each of its URIs, which are all relative."""
    return "".join(f"{_line(line, folder)}\n" for line in text.splitlines())


def _line(line: str, folder: str) -> str:
    if not line.startswith("#"):
        return f"{folder}{line}" if line else line
    return _PAIR.sub(lambda pair: f'URI="{folder}{pair[2][1:]}' if pair[1] == "URI" else pair[0], line)
