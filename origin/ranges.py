"""Byte ranges: one at a time (RFC 9110 14). Pure."""

import re

_ONE = re.compile(r"[ \t]*bytes[ \t]*=[ \t]*([0-9]{0,19})-([0-9]{0,19})[ \t]*", re.ASCII | re.IGNORECASE)


def range_of(header: str | None, size: int) -> range | None:
    """The positions that a Range header asks of a body of `size` bytes.

    None: answer with the whole body, as without the header. So it is for other units, for what is malformed, and
    for several ranges at once, which cost much and are asked for by no player. An empty range: there is nothing at
    that place (416).
    """
    found = _ONE.fullmatch(header) if header is not None else None
    if found is None:
        return None
    first, last = found[1], found[2]
    if not first:
        if not last:
            return None
        return range(max(0, size - int(last)), size)
    end = int(last) if last else size - 1
    if end < int(first):
        return None if last else range(0)
    return range(int(first), min(end + 1, size))
