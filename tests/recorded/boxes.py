"""ISO-BMFF boxes, as a CMAF init section and chunk need them."""

from dataclasses import dataclass

from flow.timebase import SCALE
from tests.recorded import aac, h264, h265

_MATRIX = b"".join(value.to_bytes(4, "big") for value in (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000))
_SYNC = 0x02000000
_NOT_SYNC = 0x01010000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One picture or sound frame: its length in units and its bytes."""

    duration: int
    sync: bool
    body: bytes


def box(kind: str, *parts: bytes) -> bytes:
    """A box."""
    body = b"".join(parts)
    return (8 + len(body)).to_bytes(4, "big") + kind.encode() + body


def full(kind: str, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A full box: with version and flags."""
    return box(kind, bytes([version]) + flags.to_bytes(3, "big"), *parts)


def u(width: int, *values: int) -> bytes:
    """Big-endian numbers of `width` bytes."""
    return b"".join(value.to_bytes(width, "big") for value in values)


def video_init(width: int, height: int) -> bytes:
    """ftyp and moov of a picture track."""
    sps, pps = h264.sps(width, height), h264.pps()
    config = box("avcC", u(1, 1), sps[1:4], u(1, 0xFF, 0xE1), u(2, len(sps)), sps, u(1, 1), u(2, len(pps)), pps)
    return _video_init("avc1", config, width, height)


def hevc_init() -> bytes:
    """ftyp and moov of a picture track in HEVC, which has one size."""
    return _video_init("hvc1", box("hvcC", h265.CONFIG), h265.WIDTH, h265.HEIGHT)


def _video_init(kind: str, config: bytes, width: int, height: int) -> bytes:
    entry = box(
        kind, bytes(6), u(2, 1), bytes(16), u(2, width, height), u(4, 0x480000, 0x480000, 0), u(2, 1),
        bytes(32), u(2, 24, 0xFFFF), config,
    )
    return _init("vide", full("vmhd", bytes(8), flags=1), entry, width, height)


def sound_init() -> bytes:
    """ftyp and moov of a sound track."""
    specific = u(1, 5, len(aac.CONFIG)) + aac.CONFIG
    decoder = u(1, 4, 13 + len(specific), 0x40, 0x15) + bytes(3) + u(4, 96_000, 96_000) + specific
    stream = u(1, 3, 3 + len(decoder) + 3) + u(2, 0) + u(1, 0) + decoder + u(1, 6, 1, 2)
    entry = box(
        "mp4a", bytes(6), u(2, 1), bytes(8), u(2, 2, 16), bytes(4), u(4, SCALE << 16), full("esds", stream),
    )
    return _init("soun", full("smhd", bytes(4)), entry, 0, 0)


def fragment(number: int, start: int, samples: list[Sample]) -> bytes:
    """moof and mdat; `start` becomes tfdt."""
    entries = b"".join(
        u(4, sample.duration, len(sample.body), _SYNC if sample.sync else _NOT_SYNC) for sample in samples
    )

    def moof(offset: int) -> bytes:
        run = full("trun", u(4, len(samples), offset), entries, flags=0x701)
        time = full("tfdt", u(8, start), version=1)
        track = box("traf", full("tfhd", u(4, 1), flags=0x20000), time, run)
        return box("moof", full("mfhd", u(4, number)), track)

    head = moof(len(moof(0)) + 8)
    return head + box("mdat", *(sample.body for sample in samples))


def _init(handler: str, header: bytes, entry: bytes, width: int, height: int) -> bytes:
    empty = (full("stts", u(4, 0)), full("stsc", u(4, 0)), full("stsz", u(4, 0, 0)), full("stco", u(4, 0)))
    table = box("stbl", full("stsd", u(4, 1), entry), *empty)
    data = box("dinf", full("dref", u(4, 1), full("url ", flags=1)))
    media = box(
        "mdia", full("mdhd", u(4, 0, 0, SCALE, 0), u(2, 0x55C4, 0)),
        full("hdlr", u(4, 0), handler.encode(), bytes(13)), box("minf", header, data, table),
    )
    volume = 0 if width else 0x0100
    track = full(
        "tkhd", u(4, 0, 0, 1, 0, 0), bytes(8), u(2, 0, 0, volume, 0), _MATRIX, u(4, width << 16, height << 16),
        flags=3,
    )
    movie = full("mvhd", u(4, 0, 0, SCALE, 0, 0x10000), u(2, 0x0100), bytes(10), _MATRIX, bytes(24), u(4, 2))
    extends = box("mvex", full("trex", u(4, 1, 1, 0, 0, 0)))
    return box("ftyp", b"iso6", u(4, 0), b"iso6cmfc") + box("moov", movie, box("trak", track, media), extends)
