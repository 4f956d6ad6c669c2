"""AAC as a transport stream has it: each frame behind a header of its own (ISO/IEC 14496-3, 1.A.2)."""

from dataclasses import dataclass
from typing import Self

from flow.boxes import Fields, find, walk
from flow.errors import MediaError
from flow.esds import described

HEADER = 7
_AUDIO_ENTRY = 28
"""Bytes of an audio sample entry before its boxes (ISO/IEC 14496-12, 12.2.3)."""

_LONGEST = (1 << 13) - 1
_LC = 2
_48_KHZ = 3
_STEREO = 2

SILENT_FRAME = bytes.fromhex("21000320641c")
"""A channel pair with nothing coded in it (4.4.2.1): 1,024 stereo samples of silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adts:
    """What the headers of one sound say: `kind` of AAC (2 is LC), `rate` by its index (3 is 48 kHz), channels."""

    kind: int = _LC
    rate: int = _48_KHZ
    channels: int = _STEREO

    @classmethod
    def of(cls, init: bytes) -> Self:
        """From an init section; raises MediaError unless it has one track of AAC that ADTS can carry."""
        table = Fields(find(memoryview(init), "moov", "trak", "mdia", "minf", "stbl", "stsd"))
        table.take(8)
        for kind, entry in walk(table.take(table.left)):
            if kind == "mp4a":
                return cls._from(described(find(entry[_AUDIO_ENTRY:], "esds")).specific)
        message = "no AAC in the init section"
        raise MediaError(message)

    @classmethod
    def _from(cls, specific: memoryview) -> Self:
        """From an AudioSpecificConfig (1.6.2.1)."""
        bits = int.from_bytes(specific[:2], "big")
        kind, rate, channels = bits >> 11, bits >> 7 & 0xF, bits >> 3 & 0xF
        if len(specific) < 2 or not 1 <= kind <= 4 or rate > 12 or not 1 <= channels <= 7:
            message = f"ADTS cannot carry AAC of kind {kind}, rate {rate}, channels {channels}"
            raise MediaError(message)
        return cls(kind=kind, rate=rate, channels=channels)

    def frame(self, body: bytes | memoryview) -> bytes:
        """A frame with its header; raises MediaError for one that is too long for its length field."""
        size = HEADER + len(body)
        if size > _LONGEST:
            message = f"an AAC frame of {len(body)} bytes"
            raise MediaError(message)
        # Sync word, MPEG-4, layer 0, no CRC; then kind, rate, channels; length; a full buffer; one raw block.
        head = (
            0xFFF1 << 40 | (self.kind - 1) << 38 | self.rate << 34 | self.channels << 30 | size << 13 | 0x1FFC
        )
        return head.to_bytes(HEADER, "big") + body
