"""PES packets: pictures and sound frames with their times (ISO/IEC 13818-1, 2.4.3.6)."""

from packager.ts.clock import ticks_of, time_stamp

PICTURE, SOUND = 0xE0, 0xC0
"""Stream ids: the first of the pictures', the first of the sounds'."""

_ALIGNED = 0x84
"""The marker bits 10, and data_alignment_indicator: the payload begins with an access unit."""

_PTS, _PTS_AND_DTS = 0x80, 0xC0


def pes_packet(stream: int, shown: int, decoded: int, payload: bytes) -> bytes:
    """A PES packet of what is shown and decoded at these places on the grid. DTS is written where it differs.

    The length of a picture is left open (0, which pictures alone may), as most do: FFmpeg calls one corrupt whose
    length it knows when it stops reading a rung in the middle of it. Sound is never longer than can be said.
    """
    times = time_stamp(2, ticks_of(shown)) if shown == decoded else (
        time_stamp(3, ticks_of(shown)) + time_stamp(1, ticks_of(decoded))
    )
    flags = _PTS if shown == decoded else _PTS_AND_DTS
    length = 0 if stream == PICTURE else 3 + len(times) + len(payload)
    head = b"\0\0\1" + bytes((stream,)) + length.to_bytes(2, "big") + bytes((_ALIGNED, flags, len(times)))
    return head + times + payload


def head_size(*, reordered: bool) -> int:
    """Bytes before the payload."""
    return 19 if reordered else 14
