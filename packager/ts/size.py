"""How many bytes a segment for old boxes will have, without making it."""

from packager.ts.adts import HEADER
from packager.ts.avc import DELIMITER
from packager.ts.packets import PACKET, ROOM_WITH_CLOCK, ROUND, packets_needed
from packager.ts.pes import head_size
from packager.ts.samples import Cutter
from packager.ts.segment import FRAMES

_PARAMETERS = 64
"""Bytes of a stream's parameter sets, about."""
_TABLES = 2 * ROUND


def picture_packets(segment: bytes) -> int:
    """Packets that the pictures of a CMAF segment need, or a few more; raises MediaError when it is malformed.

    The init section is not asked: the packager does not have it after a restart.
    """
    head = head_size(reordered=True) + len(DELIMITER)
    return sum(
        packets_needed(head + (_PARAMETERS if sample.sync else 0) + len(sample.body), ROOM_WITH_CLOCK)
        for sample in Cutter().samples(segment)
    )


def sound_packets(segment: bytes) -> int:
    """Packets that the sound of a CMAF segment needs; raises MediaError when it is malformed."""
    sizes = [HEADER + len(sample.body) for sample in Cutter().samples(segment)]
    return sum(
        packets_needed(head_size(reordered=False) + sum(sizes[at : at + FRAMES]))
        for at in range(0, len(sizes), FRAMES)
    )


def bytes_of(pictures: int, sound: int) -> int:
    """Bytes of a segment with so many packets of pictures and sound, brought to whole rounds, and its tables."""
    return (_whole(pictures) + _whole(sound) + _TABLES) * PACKET


def _whole(packets: int) -> int:
    return -(-packets // ROUND) * ROUND
