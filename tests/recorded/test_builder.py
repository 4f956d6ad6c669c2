"""The hand-made media is what it says."""

import pytest

from flow.chunk import Chunk, Init
from flow.profile import ProfileName
from tests.recorded.builder import EPOCH, channel_of, recorded_packets


def _boxes(body: bytes) -> dict[str, bytes]:
    found, place = {}, 0
    while place < len(body):
        size = int.from_bytes(body[place : place + 4], "big")
        assert size >= 8
        found[body[place + 4 : place + 8].decode()] = body[place + 8 : place + size]
        place += size
    assert place == len(body)
    return found


@pytest.mark.parametrize("profile", list(ProfileName))
def test_every_chunk_lies_on_the_grid_and_says_so_in_tfdt_and_trun(profile: ProfileName) -> None:
    channel = channel_of(profile=profile)
    packets = list(recorded_packets(channel, EPOCH, 2))
    chunks = [packet for packet in packets if isinstance(packet, Chunk)]
    assert len(chunks) == 3 * 2 * channel.profile.chunks_per_segment
    for chunk in chunks:
        outer = _boxes(chunk.body)
        traf = _boxes(_boxes(outer["moof"])["traf"])
        assert int.from_bytes(traf["tfdt"][4:12], "big") == chunk.start
        entries = traf["trun"][12:]
        count = int.from_bytes(traf["trun"][4:8], "big")
        fields = [int.from_bytes(entries[place : place + 4], "big") for place in range(0, 12 * count, 4)]
        assert sum(fields[0::3]) == chunk.duration
        assert sum(fields[1::3]) == len(outer["mdat"])
        assert (fields[2] == 0x02000000) == chunk.independent


def test_init_sections_come_first_and_equal_arguments_give_equal_bytes() -> None:
    channel = channel_of()
    first, again = (list(recorded_packets(channel, EPOCH, 1)) for _ in range(2))
    assert first == again
    inits = [packet for packet in first if isinstance(packet, Init)]
    assert first[: len(inits)] == inits
    assert [set(_boxes(init.body)) for init in inits] == [{"ftyp", "moov"}] * 3
    looks = [next(recorded_packets(channel, EPOCH, 1, look=look)).body for look in (0, 8, 16)]
    assert len(set(looks)) == 3


def test_a_start_off_the_segment_grid_is_refused() -> None:
    with pytest.raises(ValueError, match="no segment boundary"):
        recorded_packets(channel_of(), EPOCH + 1, 1)
