"""Does what an encoder made lie on the clock grid, and can decoding begin where it must?

Holds a sample to what the packager counts on, down to the coded pictures: the container's flags are made from what
an encoder says of its pictures, and not each says the truth.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flow.boxes import Fields, find, walk
from flow.chunk import Chunk, Init
from flow.errors import MediaError
from flow.ids import RenditionId
from flow.profile import Profile
from flow.timebase import GOP, SCALE
from transcode.chunker import Chunker

HELD_BACK = 2
"""Pictures that a decoder may have to hold back: what the packager assumes where a stream does not say."""

_STRAY = "there is a key picture in the middle of a segment"

_SLICE, _IDR = 1, 5  # nal_unit_type (ITU-T H.264, table 7-1); data partitions are in no profile that is used
_TYPE = 0x1F
_FIRST_MACROBLOCK = 0x80  # first_mb_in_slice, ue(v), is 0: the slice begins a picture (7.3.3)
_LENGTH = 4
"""Bytes before each NAL unit, as FFmpeg writes them."""

# tr_flags of trun (ISO/IEC 14496-12, 8.8.8.1)
_DATA_OFFSET, _FIRST_FLAGS = 0x1, 0x4
_EACH = (0x100, 0x200, 0x400)
_EACH_SHIFT = 0x800


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """So many pictures of `fps` a second from `start` on, units since the epoch, where a segment begins."""

    profile: Profile
    fps: int
    start: int
    pictures: int


def flaw_of(stream: bytes, expected: Expected) -> str:
    """What keeps an encoder's output from being put on air, as the end of a sentence; empty for nothing."""
    try:
        packets = Chunker(RenditionId("sample"), 1).feed(stream)
    except MediaError as error:
        return str(error)
    if not packets or not isinstance(packets[0], Init) or not packets[0].codecs.startswith("avc1."):
        return "there is no H.264"
    chunks = [packet for packet in packets if isinstance(packet, Chunk)]
    if any(chunk.independent and chunk.start % GOP for chunk in chunks):
        return _STRAY  # the muxer cuts there, so places after it are wrong too
    place = expected.start
    for chunk in chunks:
        if (chunk.start, chunk.duration) != (place, expected.profile.chunk):
            return f"a chunk lies {chunk.start - place} units beside its place and lasts {chunk.duration}"
        if flaw := _flaw_within(chunk, expected.profile.chunk * expected.fps // SCALE):
            return flaw
        place = chunk.end
    missing = expected.pictures - (place - expected.start) * expected.fps // SCALE
    return f"{missing} of {expected.pictures} pictures never came" if missing else ""


def _flaw_within(chunk: Chunk, pictures: int) -> str:
    opens = chunk.start % GOP == 0
    try:
        boxes = dict(walk(memoryview(chunk.body)))
        kinds, shifts = list(_pictures(boxes["mdat"])), _shifts(boxes["moof"])
    except MediaError as error:
        return str(error)
    if len(kinds) != pictures:
        return f"a chunk has {len(kinds)} pictures, not {pictures}"
    if opens and (kinds[0] != _IDR or not chunk.independent):
        return "a segment does not begin with an IDR picture"
    if _IDR in (kinds[1:] if opens else kinds):
        return _STRAY
    if opens and shifts[0]:
        return "a segment's first picture is not shown at its beginning"
    if -min(shifts) * len(kinds) > HELD_BACK * chunk.duration:
        return f"a decoder would have to hold back more than {HELD_BACK} pictures"
    return ""


def _pictures(data: memoryview) -> Iterator[int]:
    """The kind of each coded picture, by its first slice; raises MediaError when a NAL unit is cut off."""
    fields = Fields(data)
    while fields.left:
        nal = fields.take(fields.number(_LENGTH))
        if len(nal) > 1 and nal[0] & _TYPE in (_SLICE, _IDR) and nal[1] & _FIRST_MACROBLOCK:
            yield nal[0] & _TYPE


def _shifts(moof: memoryview) -> list[int]:
    """How much later than it is decoded each picture is shown, in units; below 0: earlier."""
    shifts: list[int] = []
    for kind, trun in walk(find(moof, "traf")):
        if kind != "trun":
            continue
        fields = Fields(trun)
        _, flags = fields.version_and_flags()
        count = fields.number(4)
        fields.take((4 if flags & _DATA_OFFSET else 0) + (4 if flags & _FIRST_FLAGS else 0))
        before = 4 * sum(bool(flags & each) for each in _EACH)
        for _ in range(count):
            fields.take(before)
            shift = fields.number(4) if flags & _EACH_SHIFT else 0
            shifts.append(shift - 2**32 if shift >= 2**31 else shift)
    return shifts or [0]
