"""CMAF built by hand, box by box, for tests."""

from collections.abc import Sequence

from flow.timebase import SCALE

SYNC = 0x2000000
NOT_SYNC = 0x1010000
AVC = b"\x01\x64\x00\x1f\xff\xe1\x00\x00"
TRACK = 1


def box(kind: str, *content: bytes) -> bytes:
    body = b"".join(content)
    return (8 + len(body)).to_bytes(4, "big") + kind.encode() + body


def full(kind: str, version: int, flags: int, *content: bytes) -> bytes:
    return box(kind, bytes([version]), flags.to_bytes(3, "big"), *content)


def words(*values: int) -> bytes:
    return b"".join(value.to_bytes(4, "big") for value in values)


def descriptor(tag: int, *content: bytes, wide: bool) -> bytes:
    body = b"".join(content)
    return bytes([tag, *(b"\x80\x80\x80" if wide else b""), len(body)]) + body


def esds(
    *, indication: int = 0x40, specific: bytes = b"\x11\x90", flags: int = 0, extra: bytes = b"",
    wide: bool = True,
) -> bytes:
    """An elementary stream descriptor; `wide` spends four bytes on each size, as FFmpeg does."""
    config = descriptor(4, bytes([indication]), bytes(12), descriptor(5, specific, wide=wide), wide=wide)
    return full("esds", 0, 0, descriptor(3, b"\x00\x01", bytes([flags]), extra, config, wide=wide))


def avc1() -> bytes:
    return box("avc1", bytes(78), box("avcC", AVC))


def mp4a(**kinds: object) -> bytes:
    return box("mp4a", bytes(28), esds(**kinds))  # type: ignore[arg-type]


def moov(entry: bytes, *, scale: int = SCALE, duration: int = 1920, flags: int = SYNC, version: int = 0) -> bytes:
    mdhd = full("mdhd", version, 0, bytes(16 if version else 8), words(scale), bytes(8))
    stbl = box("stbl", full("stsd", 0, 0, words(1), entry))
    trak = box("trak", full("tkhd", 0, 7, bytes(80)), box("mdia", mdhd, box("minf", stbl)))
    trex = full("trex", 0, 0, words(TRACK, 1, duration, 0, flags))
    return box("moov", full("mvhd", 0, 0, bytes(96)), trak, box("mvex", trex))


def init(entry: bytes, **facts: int) -> bytes:
    return box("ftyp", b"iso6", words(512), b"cmfc") + moov(entry, **facts)


PLAIN_TFHD = full("tfhd", 0, 0x20000, words(TRACK))


def moof(start: int, *runs: bytes, tfhd: bytes = PLAIN_TFHD, version: int = 1) -> bytes:
    tfdt = full("tfdt", version, 0, start.to_bytes(8 if version else 4, "big"))
    return box("moof", full("mfhd", 0, 0, words(1)), box("traf", tfhd, tfdt, *runs))


def run_of(count: int, *, first_flags: int | None = None) -> bytes:
    """A trun that leaves all but the first sample's flags to the defaults."""
    if first_flags is None:
        return full("trun", 0, 0x1, words(count, 0))
    return full("trun", 0, 0x5, words(count, 0, first_flags))


def run_with(samples: Sequence[tuple[int, int, int, int]]) -> bytes:
    """A trun that tells duration, size, flags and offset of each sample."""
    table = b"".join(words(*sample) for sample in samples)
    return full("trun", 1, 0xF01, words(len(samples), 0), table)


def chunk(start: int, count: int, payload: bytes, *, sync: bool) -> bytes:
    return moof(start, run_of(count, first_flags=SYNC if sync else NOT_SYNC)) + box("mdat", payload)
