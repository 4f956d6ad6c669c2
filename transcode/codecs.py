"""The CODECS string of a track (RFC 6381 3.3 and 3.4) from its sample description."""

from flow.boxes import Fields, find, walk
from flow.errors import MediaError
from flow.esds import MPEG4_AUDIO, described

_VISUAL_ENTRY = 78
"""Bytes of a visual sample entry before its boxes (ISO/IEC 14496-12, 12.1.3)."""

_AUDIO_ENTRY = 28
"""Bytes of an audio sample entry before its boxes (12.2.3)."""

_ESCAPED_OBJECT_TYPE = 31


def codecs_of(moov: memoryview) -> str:
    """`avc1.64001f`, `hvc1.1.6.L93.90`, `mp4a.40.2`; `moov` is the content of the movie box, with one track.

    Raises MediaError for any other coding.
    """
    table = Fields(find(moov, "trak", "mdia", "minf", "stbl", "stsd"))
    table.take(8)  # version, flags and the number of entries
    for kind, entry in walk(table.take(table.left)):
        if kind == "avc1":
            return _avc(find(entry[_VISUAL_ENTRY:], "avcC"))
        if kind == "hvc1":
            return _hevc(find(entry[_VISUAL_ENTRY:], "hvcC"))
        if kind == "mp4a":
            return _mp4a(find(entry[_AUDIO_ENTRY:], "esds"))
        message = f"sample entry {kind!r}: only avc1, hvc1 and mp4a are made here"
        raise MediaError(message)
    message = "the track has no sample entry"
    raise MediaError(message)


def _avc(record: memoryview) -> str:
    """Profile, constraints and level, the bytes after the version (ISO/IEC 14496-15, 5.3.3.1)."""
    fields = Fields(record)
    fields.take(1)
    return f"avc1.{fields.take(3).hex()}"


def _hevc(record: memoryview) -> str:
    """Profile, compatibility with its bits the other way round, tier and level, and constraints without the zeros
    behind them (ISO/IEC 14496-15, 8.3.3.1 and annex E.3)."""
    fields = Fields(record)
    fields.take(1)
    profile = fields.number(1)
    compatible = int(f"{fields.number(4):032b}"[::-1], 2)
    constraints = bytes(fields.take(6)).rstrip(b"\0")
    space, tier = ("", "A", "B", "C")[profile >> 6], "H" if profile & 0x20 else "L"
    words = [f"hvc1.{space}{profile & 0x1F}", f"{compatible:x}", f"{tier}{fields.number(1)}"]
    return ".".join([*words, *(f"{byte:x}" for byte in constraints)])


def _mp4a(content: memoryview) -> str:
    """Object type indication and audio object type (ISO/IEC 14496-1, 7.2.6; 14496-3, 1.6.2)."""
    sound = described(content)
    if sound.indication != MPEG4_AUDIO:
        return f"mp4a.{sound.indication:x}"
    bits = int.from_bytes(sound.specific[:2], "big")
    kind = bits >> 11
    if kind == _ESCAPED_OBJECT_TYPE:
        kind = 32 + (bits >> 5 & 0x3F)
    return f"mp4a.40.{kind}"
