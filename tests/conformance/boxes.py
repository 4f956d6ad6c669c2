"""Fragmented MP4 read after ISO/IEC 14496-12, in few lines and not by the parser under test."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_CONTAINERS = ("moov", "trak", "mdia", "minf", "stbl", "mvex", "edts", "moof", "traf")
_NOT_SYNC = 0x0001_0000
_IDR = 5
_IDR_HEVC = {19, 20}


@dataclass(frozen=True, slots=True)
class Box:
    """A box by its path, as `moov/trak/tkhd`; `place` is where its contents begin."""

    path: str
    body: bytes
    place: int

    def number(self, at: int, width: int) -> int:
        """A big-endian number in it."""
        return int.from_bytes(self.body[at : at + width], "big")


@dataclass(frozen=True, slots=True)
class Fragment:
    """One moof with its mdat. Times in the track's scale; `first` are the bytes of the first sample, `sync`
    whether decoding can begin with it; `whole` whether the samples fill the mdat from where the run says."""

    start: int
    length: int
    sync: bool
    first: bytes
    whole: bool


@lru_cache(maxsize=4096)
def boxes_of(data: bytes) -> tuple[Box, ...]:
    """All boxes with their insides; raises ValueError when sizes do not fit into each other."""
    return tuple(_boxes(data, 0, len(data), ""))


def _boxes(data: bytes, start: int, end: int, above: str) -> Iterator[Box]:
    while start < end:
        size = int.from_bytes(data[start : start + 4], "big")
        if size < 8 or start + size > end:
            message = f"a box of {size} bytes at {start}, {end - start} are left"
            raise ValueError(message)
        kind = data[start + 4 : start + 8].decode("latin-1")
        yield Box(above + kind, data[start + 8 : start + size], start + 8)
        if kind in _CONTAINERS:
            yield from _boxes(data, start + 8, start + size, f"{above}{kind}/")
        start += size


def find(data: bytes, path: str) -> list[Box]:
    """The boxes with that path."""
    return [box for box in boxes_of(data) if box.path == path]


@lru_cache(maxsize=4096)
def fragments_of(data: bytes) -> tuple[Fragment, ...]:
    """The fragments of a part or segment; raises ValueError for what is none."""
    found, head = [], 0
    times, runs, ends = find(data, "moof/traf/tfdt"), find(data, "moof/traf/trun"), find(data, "mdat")
    if not len(times) == len(runs) == len(ends) == len(find(data, "moof")) or not times:
        message = "not a tfdt, a trun and an mdat for each moof"
        raise ValueError(message)
    heads = [box.place - 8 for box in find(data, "moof")]
    defaults = find(data, "moof/traf/tfhd")
    for head, default, time, run, end in zip(heads, defaults, times, runs, ends, strict=True):
        found.append(_fragment(head, default, time, run, end))
    return tuple(found)


def _fragment(head: int, default: Box, time: Box, run: Box, end: Box) -> Fragment:
    length, size, flags = _defaults(default)
    said, count, at, place = run.number(1, 3), run.number(4, 4), 8, 0
    place = run.number(at, 4) if said & 1 else 0
    at += 4 * bool(said & 1)
    first_flags = run.number(at, 4) if said & 4 else None
    at += 4 * bool(said & 4)
    lengths, sizes, kinds = [], [], []
    for _ in range(count):
        row = [length, size, flags]
        for column, bit in enumerate((0x100, 0x200, 0x400)):
            if said & bit:
                row[column], at = run.number(at, 4), at + 4
        at += 4 * bool(said & 0x800)
        lengths.append(row[0])
        sizes.append(row[1])
        kinds.append(row[2])
    kind = first_flags if first_flags is not None else kinds[0]
    begin = time.number(4, 8 if time.body[0] else 4)
    whole = sum(sizes) == len(end.body) and head + place == end.place
    return Fragment(begin, sum(lengths), not kind & _NOT_SYNC, end.body[: sizes[0]], whole)


def _defaults(tfhd: Box) -> tuple[int, int, int]:
    said, at = tfhd.number(1, 3), 8
    at += 8 * bool(said & 1) + 4 * bool(said & 2)
    found = []
    for bit in (0x8, 0x10, 0x20):
        found.append(tfhd.number(at, 4) if said & bit else 0)
        at += 4 * bool(said & bit)
    return found[0], found[1], found[2]


def scale_of(init: bytes) -> int:
    """The track's units in a second."""
    box = find(init, "moov/trak/mdia/mdhd")[0]
    return box.number(20 if box.body[0] else 12, 4)


def is_picture(init: bytes) -> bool:
    """Whether the track is one of pictures."""
    return find(init, "moov/trak/mdia/hdlr")[0].body[8:12] == b"vide"


def codec_of(init: bytes) -> str:
    """CODECS as RFC 6381 spells them: `avc1.` with the profile, constraints and level, `hvc1.` with more of them,
    or AAC-LC's `mp4a.40.2`."""
    entry = find(init, "moov/trak/mdia/minf/stbl/stsd")[0].body
    at = entry.find(b"avcC")
    if at >= 0:
        return f"avc1.{entry[at + 5 : at + 8].hex()}"
    at = entry.find(b"hvcC")
    if at >= 0 and entry[12:16] == b"hvc1":
        return _hevc(entry[at + 5 :])
    at = entry.find(b"\x05", entry.find(b"esds") + 20)
    while at >= 0 and at + 1 < len(entry):  # its size in one or four bytes, then 5 bits of type
        rest = entry[at + 1 :].lstrip(b"\x80")
        if rest[0] in range(2, 16):
            return f"mp4a.40.{rest[1] >> 3}"
        at = entry.find(b"\x05", at + 1)
    return "unknown"


def _hevc(record: bytes) -> str:
    """ISO/IEC 14496-15, annex E.3, from the decoder configuration record behind its version."""
    compatible = f"{int.from_bytes(record[1:5], 'big'):032b}"[::-1]
    constraints = "".join(f".{byte:x}" for byte in record[5:11].rstrip(b"\0"))
    space, tier = ["", "A", "B", "C"][record[0] >> 6], "LH"[record[0] >> 5 & 1]
    return f"hvc1.{space}{record[0] & 31}.{int(compatible, 2):x}.{tier}{record[11]}{constraints}"


def units_of(sample: bytes) -> list[int]:
    """The first byte of each NAL unit of a sample, with four-byte lengths; raises ValueError where none fits."""
    found, at = [], 0
    while at < len(sample):
        size = int.from_bytes(sample[at : at + 4], "big")
        if size < 1 or at + 4 + size > len(sample):
            message = f"a NAL unit of {size} bytes at {at} of {len(sample)}"
            raise ValueError(message)
        found.append(sample[at + 4])
        at += 4 + size
    return found


def is_idr(fragment: Fragment, init: bytes) -> bool:
    """Whether it begins with an IDR picture: H.264's type 5, H.265's 19 or 20 (table 7-1 of both)."""
    try:
        heads = units_of(fragment.first)
    except ValueError:
        return False
    if b"hvcC" in find(init, "moov/trak/mdia/minf/stbl/stsd")[0].body:
        return not _IDR_HEVC.isdisjoint(head >> 1 & 0x3F for head in heads)
    return _IDR in {head & 0x1F for head in heads}
