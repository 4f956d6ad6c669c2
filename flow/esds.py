"""The elementary stream descriptor of a sound track, the `esds` box (ISO/IEC 14496-1, 7.2.6; 14496-14, 5.6)."""

from dataclasses import dataclass

from flow.boxes import Fields
from flow.errors import MediaError

MPEG4_AUDIO = 0x40
_ES, _DECODER_CONFIG, _DECODER_SPECIFIC = 3, 4, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundDescription:
    """`indication` is the object type; `specific` the AudioSpecificConfig of MPEG-4 sound, empty for any other."""

    indication: int
    specific: memoryview


def described(content: memoryview) -> SoundDescription:
    """What the content of the box says; raises MediaError for a descriptor that is cut off or out of place."""
    fields = Fields(content)
    fields.take(4)  # version and flags
    stream = Fields(_descriptor(fields, _ES))
    stream.take(2)
    flags = stream.number(1)
    stream.take(2 if flags & 0x80 else 0)
    stream.take(stream.number(1) if flags & 0x40 else 0)
    stream.take(2 if flags & 0x20 else 0)
    config = Fields(_descriptor(stream, _DECODER_CONFIG))
    indication = config.number(1)
    if indication != MPEG4_AUDIO:
        return SoundDescription(indication=indication, specific=memoryview(b""))
    config.take(12)
    return SoundDescription(indication=indication, specific=_descriptor(config, _DECODER_SPECIFIC))


def _descriptor(fields: Fields, tag: int) -> memoryview:
    """The content of the descriptor that comes next; raises MediaError unless it is a `tag`."""
    found = fields.number(1)
    if found != tag:
        message = f"descriptor {found} where {tag} should be"
        raise MediaError(message)
    size = 0
    for _ in range(4):  # the size's own length is one to four bytes
        byte = fields.number(1)
        size = size << 7 | byte & 0x7F
        if not byte & 0x80:
            break
    return fields.take(size)
