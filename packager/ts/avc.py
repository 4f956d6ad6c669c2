"""Pictures of H.264 as a transport stream has them: a byte stream with start codes (Annex B)."""

from dataclasses import dataclass
from typing import Self

from flow.boxes import Fields, find, walk
from flow.errors import MediaError
from packager.ts.samples import Sample
from packager.ts.sps import held_back

START_CODE = b"\0\0\0\1"
DELIMITER = START_CODE + b"\x09\xf0"
"""Access unit delimiter, any kind of slice (7.3.2.4): each access unit in a transport stream begins with one
(ISO/IEC 13818-1, 2.14.1), and old boxes cut by it."""

_DELIMITS = 9
_TYPE = 0x1F
_VISUAL_ENTRY = 78
"""Bytes of a visual sample entry before its boxes (ISO/IEC 14496-12, 12.1.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Avc:
    """What an init section says of its pictures: `width` bytes hold the length of a NAL unit, `parameters` are its
    parameter sets as a byte stream, and a decoder holds back `held_back` pictures before it shows one."""

    width: int
    parameters: bytes
    held_back: int

    @classmethod
    def of(cls, init: bytes) -> Self:
        """From an init section; raises MediaError unless it has one track of H.264."""
        table = Fields(find(memoryview(init), "moov", "trak", "mdia", "minf", "stbl", "stsd"))
        table.take(8)
        for kind, entry in walk(table.take(table.left)):
            if kind == "avc1":
                return cls._from(Fields(find(entry[_VISUAL_ENTRY:], "avcC")))
        message = "no H.264 in the init section"
        raise MediaError(message)

    @classmethod
    def _from(cls, record: Fields) -> Self:
        """From a decoder configuration record (ISO/IEC 14496-15, 5.3.3.1)."""
        record.take(4)
        width = (record.number(1) & 3) + 1
        sequences = [bytes(record.take(record.number(2))) for _ in range(record.number(1) & 0x1F)]
        pictures = [bytes(record.take(record.number(2))) for _ in range(record.number(1))]
        if not sequences or not pictures:
            message = "parameter sets are missing"
            raise MediaError(message)
        parameters = b"".join(START_CODE + nal for nal in (*sequences, *pictures))
        return cls(width=width, parameters=parameters, held_back=max(map(held_back, sequences)))

    def access_unit(self, sample: Sample) -> bytes:
        """One picture; before each one that decoding can begin with stand the parameter sets.

        Raises MediaError when a NAL unit is longer than what is left.
        """
        nals = self._nals(sample.body)
        opening: list[bytes | memoryview] = [DELIMITER]
        if nals and nals[0] and nals[0][0] & _TYPE == _DELIMITS:
            opening = [START_CODE, nals.pop(0)]
        if sample.sync:
            opening.append(self.parameters)
        for nal in nals:
            opening += (START_CODE, nal)
        return b"".join(opening)

    def _nals(self, body: memoryview) -> list[memoryview]:
        width, end, at = self.width, len(body), 0
        nals: list[memoryview] = []
        while at < end:
            begin = at + width
            at = begin + int.from_bytes(body[at:begin], "big")
            nals.append(body[begin:at])
        if at != end:
            message = "a picture's NAL units do not fill it"
            raise MediaError(message)
        return nals
