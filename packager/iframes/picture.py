"""The first picture of a segment as a fragment of its own (RFC 8216bis 3.1.2)."""

from flow.boxes import Fields, find
from flow.errors import MediaError
from flow.timebase import TICK
from packager.ts.samples import Cutter, Sample

_BASE_IS_MOOF = 0x20000  # default-base-is-moof of tfhd (ISO/IEC 14496-12, 8.8.7.1)
_RUN = 0x000F01  # one row with duration, size, flags and shift, and where its data begins (8.8.8.1)
_SYNC = 0x02000000  # sample_depends_on 2: on no other (8.6.4.3)


def picture_of(segment: bytes) -> bytes:
    """The picture that a segment begins with, shown for as long as the segment lasts; raises MediaError when there
    is none.

    A cut out of the segment would do by the letter, but its fragment would speak of pictures that are not there.
    """
    samples = Cutter().samples(segment)
    if not samples or not samples[0].sync:
        message = "the segment does not begin with a picture that stands alone"
        raise MediaError(message)
    first = samples[0]
    return _moof(_track(segment), first, _length(samples)) + _box("mdat", bytes(first.body))


def _length(samples: list[Sample]) -> int:
    """Units from the first to behind the last: all are shown equally long, since ticks are."""
    steps = len(samples) - 1
    return (samples[-1].at - samples[0].at) * len(samples) // steps if steps else TICK


def _track(segment: bytes) -> int:
    header = Fields(find(memoryview(segment), "moof", "traf", "tfhd"))
    header.version_and_flags()
    return header.number(4)


def _moof(track: int, sample: Sample, units: int) -> bytes:
    time = _full("tfdt", 1, 0, sample.at.to_bytes(8, "big"))
    header = _full("tfhd", 0, _BASE_IS_MOOF, _words(track))

    def moof(offset: int) -> bytes:
        row = _words(1, offset, units, len(sample.body), _SYNC, sample.shift % 2**32)
        traf = _box("traf", header + time + _full("trun", 1, _RUN, row))
        return _box("moof", _full("mfhd", 0, 0, _words(1)) + traf)

    return moof(len(moof(0)) + 8)  # the data begins behind mdat's own head


def _words(*numbers: int) -> bytes:
    return b"".join([number.to_bytes(4, "big") for number in numbers])


def _box(kind: str, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind.encode() + content


def _full(kind: str, version: int, flags: int, content: bytes) -> bytes:
    return _box(kind, bytes([version]) + flags.to_bytes(3, "big") + content)
