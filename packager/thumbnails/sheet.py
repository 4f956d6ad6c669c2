"""Sheets: the pictures of a minute in one file, below each other, put together without decoding any of them.

A JPEG may begin anew after so many blocks, as if it were another picture (restart intervals, ITU-T T.81, B.2.4.4
and F.1.1.5). So pictures with the same tables and sides can stand in one scan, each its own interval. What comes
out depends on them alone: it is the same after a restart and on another headend, and takes no place in any store.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from flow.errors import MediaError
from flow.names import PartName, SegmentName
from flow.store import MediaKey
from flow.thumbnail import BLOCK, SHEET, is_thumbnails, pitch_of
from packager.thumbnails.jpeg import SOF, SOS, segments_of

_END, _INTERVAL, _RESTART = b"\xff\xd9", 0xDD, 0xD0  # EOI, DRI, RST0 (table B.1)

_log = logging.getLogger(__name__)


def is_sheet(key: MediaKey) -> bool:
    """Whether it is the address of a sheet: `<first>-<run>.<how many>`, on the grid of whole sheets."""
    name = key.name
    whole = isinstance(name, PartName) and name.part == SHEET and not name.msn % SHEET
    return whole and is_thumbnails(key.rendition)


async def sheet_at(key: MediaKey, read: Callable[[MediaKey], Awaitable[bytes | None]]) -> bytes | None:
    """What stands at the address of a sheet, from what `read` has; None when a picture of it is missing."""
    name = key.name
    if not isinstance(name, PartName):
        return None
    bodies = []
    for msn in range(name.msn, name.msn + name.part):
        body = await read(replace(key, name=SegmentName(msn, name.run)))
        if body is None:
            return None
        bodies.append(body)
    try:
        return sheet_of(bodies)
    except MediaError as error:
        _log.error("%s/%s/%s cannot be made: %s", key.channel, key.rendition, key.name, error)
        return None


def sheet_of(bodies: Sequence[bytes]) -> bytes:
    """Pictures that `fault_of` finds nothing in, `pitch_of` below each other; raises MediaError when their heads
    are not the same."""
    at = _scan_at(bodies[0])
    head = bodies[0][:at]
    if any(body[:at] != head for body in bodies):
        message = "the pictures of a sheet are not made alike"
        raise MediaError(message)
    scans = [body[at : -len(_END)] for body in bodies]
    parts = [bytes([0xFF, _RESTART + number % 8]) + scan for number, scan in enumerate(scans[1:])]
    return b"".join([_head_of(head, len(bodies)), scans[0], *parts, _END])


def _scan_at(body: bytes) -> int:
    return next(at + 4 + len(content) for at, marker, content in segments_of(body) if marker == SOS)


def _head_of(head: bytes, count: int) -> bytes:
    """With the height of all of them, and said after how many blocks each begins."""
    lines = []
    for _, marker, content in segments_of(head):
        if marker == SOF:
            height, width = int.from_bytes(content[1:3], "big"), int.from_bytes(content[3:5], "big")
            whole = (count - 1) * pitch_of(height) + height
            content = content[:1] + whole.to_bytes(2, "big") + content[3:]  # noqa: PLW2901 - the one that changes
            blocks = -(-width // BLOCK) * (pitch_of(height) // BLOCK)
            lines.append(_segment(_INTERVAL, blocks.to_bytes(2, "big")))
        lines.append(_segment(marker, content))
    return head[:2] + b"".join(lines)


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content
