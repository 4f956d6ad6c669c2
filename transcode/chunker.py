"""Cuts the fragmented MP4 of one rendition into packets: bytes in, packets out, however the bytes are split."""

from flow.boxes import Head, read_head
from flow.chunk import Chunk, Init, Packet
from flow.errors import MediaError
from flow.ids import RenditionId
from transcode.codecs import codecs_of
from transcode.fragment import Defaults, times_of

_LARGEST_BOX = 1 << 25
"""32 MiB: four seconds at 64 Mb/s, far beyond any rendition. Whoever claims more is broken."""

_BEFORE_MOOF = frozenset({"styp", "prft", "emsg"})
"""Boxes that may open a CMAF chunk and belong to it (ISO/IEC 23000-19, 7.3.2.3)."""

_AT_THE_END = frozenset({"mfra"})


class Chunker:
    """One rendition in one run of the encoder."""

    def __init__(self, rendition: RenditionId, run: int) -> None:
        self._rendition = rendition
        self._run = run
        self._bytes = bytearray()
        self._piece = 0  # length of the boxes, from the front of `_bytes`, that make up the packet being read
        self._moof: memoryview | None = None
        self._ftyp = False
        self._defaults: Defaults | None = None

    def feed(self, data: bytes) -> list[Packet]:
        """The packets that `data` completes, in order; raises MediaError on anything but CMAF."""
        self._bytes += data
        packets: list[Packet] = []
        while (head := read_head(self._bytes, self._piece, _LARGEST_BOX)) is not None:
            if len(self._bytes) - self._piece < head.size:
                break
            packet = self._box(head)
            if packet is not None:
                packets.append(packet)
        return packets

    def _box(self, head: Head) -> Packet | None:
        """Take in the complete box after the piece; returns the packet that it completes."""
        if self._defaults is None:
            return self._before_media(head)
        if self._moof is None and (head.kind in _BEFORE_MOOF or head.kind == "moof"):
            if head.kind == "moof":
                self._moof = self._content(head)
            self._piece += head.size
            return None
        if self._moof is not None and head.kind == "mdat":
            times = times_of(self._moof, self._defaults)
            self._moof = None
            return Chunk(
                rendition=self._rendition, run=self._run, start=times.start, duration=times.duration,
                independent=times.independent, body=self._cut(head),
            )
        if self._moof is None and self._piece == 0 and head.kind in _AT_THE_END:
            self._cut(head)
            return None
        message = f"{self._rendition}: box {head.kind!r} where a chunk should be"
        raise MediaError(message)

    def _before_media(self, head: Head) -> Packet | None:
        if head.kind == "ftyp" and not self._ftyp:
            self._ftyp = True
            self._piece += head.size
            return None
        if head.kind == "moov" and self._ftyp:
            moov = self._content(head)
            self._defaults = Defaults.of(moov)
            return Init(rendition=self._rendition, run=self._run, codecs=codecs_of(moov), body=self._cut(head))
        message = f"{self._rendition}: box {head.kind!r} where the init section should be"
        raise MediaError(message)

    def _content(self, head: Head) -> memoryview:
        """A copy of the box's content: a view would pin the buffer."""
        return memoryview(bytes(self._bytes[self._piece + head.header : self._piece + head.size]))

    def _cut(self, head: Head) -> bytes:
        """The piece and the box after it, taken off the front."""
        end = self._piece + head.size
        body = bytes(self._bytes[:end])
        del self._bytes[:end]
        self._piece = 0
        return body
