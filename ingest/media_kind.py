"""What a segment's first bytes say that it is. Nothing else goes to a decoder: no playlist, no script, no page.

A decoder guesses formats by itself, and among those it knows are lists that name files and hosts (T-07).
"""

from enum import StrEnum

from flow.errors import FeedError

_PACKET = 188
_SYNC = 0x47
_BOXES = frozenset({
    b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"ssix", b"emsg", b"prft", b"free", b"skip", b"uuid",
})
_ID3, _AC3 = b"ID3", b"\x0b\x77"
_MPEG_SYNC, _MPEG_SYNC_BITS = 0xFF, 0xE0


class MediaKind(StrEnum):
    """The containers of HLS segments (RFC 8216 3.1 to 3.4)."""

    TS = "MPEG-TS"
    MP4 = "MP4"
    SOUND = "packed sound"


def media_kind(body: bytes) -> MediaKind:
    """The container that `body` begins with; raises FeedError when it is none of HLS's."""
    if body[4:8] in _BOXES:
        return MediaKind.MP4
    if any(_packets(body, at) for at in range(min(_PACKET, len(body)))):
        return MediaKind.TS
    frame = len(body) > 1 and body[0] == _MPEG_SYNC and body[1] & _MPEG_SYNC_BITS == _MPEG_SYNC_BITS
    if frame or body.startswith((_ID3, _AC3)):
        return MediaKind.SOUND
    message = "the HLS feed's segments are neither MPEG-TS nor MP4"
    raise FeedError(message)


def _packets(body: bytes, at: int) -> bool:
    """Whether transport packets follow each other from `at` on: three, or as many as there are."""
    places = range(at, min(len(body), at + 3 * _PACKET), _PACKET)
    return len(body) >= at + _PACKET and all(body[place] == _SYNC for place in places)
