"""What may be served as a thumbnail: a plain JPEG of the size that was promised, and not a byte more. Pure."""

import re
from collections.abc import Iterator

from flow.thumbnail import MOST_BYTES

SOF, SOS = 0xC0, 0xDA
"""The markers of a baseline frame's head and of a scan's (ITU-T T.81, table B.1)."""

_START, _END = b"\xff\xd8", b"\xff\xd9"
_TABLES = frozenset({0xC4, 0xDB, 0xE0})  # DHT, DQT, APP0, which is JFIF's
_MARKER = re.compile(rb"\xff(?!\x00)")  # in what a scan holds, 0xFF is followed by 0 (B.1.1.5)
_COLOURS = b"\x22\x11\x11"  # how often each of three colours stands in a block of 16 pixels: 4:2:0


def fault_of(body: bytes, size: tuple[int, int]) -> str:
    """What keeps it from being a baseline 4:2:0 JPEG that wide and high; empty when nothing does.

    Only what describes the picture may be in it: no remarks, no Exif and nothing behind its end, where a hostile
    worker could put what a browser takes for something else. The picture itself is the viewer's decoder's: what is
    in the scan is not read.
    """
    if len(body) > MOST_BYTES:
        return f"{len(body)} bytes, and {MOST_BYTES} may be"
    if not (body.startswith(_START) and body.endswith(_END)):
        return "no beginning or no end"
    frames = list[bytes]()
    for at, marker, content in segments_of(body):
        if marker == SOS:
            scan = _MARKER.search(body, at + 4 + len(content), len(body) - len(_END))
            return "more than one scan" if scan else _fault_of_frames(frames, size)
        if marker == SOF:
            frames.append(content)
        elif marker not in _TABLES:
            return f"a segment 0x{marker:02x}"
    return "a segment is cut short"


def segments_of(body: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each segment of the head begins, its marker and what it holds, the scan's head the last; ends at one
    that is not whole."""
    at, marker = len(_START), 0
    while marker != SOS:
        head = body[at : at + 4]
        length = int.from_bytes(head[2:], "big")
        content = body[at + 4 : at + 2 + length]
        if len(head) < 4 or head[0] != 0xFF or length < 2 or len(content) != length - 2:
            return
        marker = head[1]
        yield at, marker, content
        at += 2 + length


def _fault_of_frames(frames: list[bytes], size: tuple[int, int]) -> str:
    """T.81, B.2.2: precision, height, width, number of components, and three bytes for each."""
    if len(frames) != 1:
        return f"{len(frames)} frames"
    frame = frames[0]
    if len(frame) != 15 or (frame[0], frame[5]) != (8, 3):
        return "not three colours of 8 bits"
    if frame[7::3] != _COLOURS:
        return "not 4:2:0"
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    return "" if (width, height) == size else f"{width}x{height} instead of {size[0]}x{size[1]}"
