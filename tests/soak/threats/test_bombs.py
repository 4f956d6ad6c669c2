"""What is made to cost is a transport stream all the same, and the same one for the same seed."""

import random
from itertools import islice

import pytest

from ingest.udp.multiplex import Multiplex
from tests.faults.transport import PACKET, Packet
from tests.soak.threats.bombs import BOMBS, looped, packet
from tests.soak.threats.explosions import LANES, STREAMS, names
from tests.soak.threats.tables import PICTURE, SOUND, crc, pat, pmt, section

KEY = b"\0\0\1\xe0\0\0\x80\0\0" + b"\0\0\1\x67abc" + b"\0\0\1\x65def"
CLIP = [
    Packet(0.0, section(0, pat({1: 0x1000}))), Packet(0.0, section(0x1000, pmt([(0x1B, PICTURE), (0x0F, SOUND)]))),
    *(Packet(at / 25, packet(PICTURE, KEY, begins=True, counter=at)) for at in range(25)),
    *(Packet(0.96, packet(SOUND, b"\xff\xf1\x50\x80" + bytes(180), counter=at)) for at in range(3)),
]


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_whole_packets_in_the_order_of_their_time_and_the_same_for_a_seed(kind: str) -> None:
    """T-09."""
    one, other = (
        list(islice(BOMBS[kind](looped(CLIP), random.Random(3)), 500)) for _ in range(2)
    )
    assert one == other
    assert len(one) == 500
    assert {len(each.data) for each in one} == {PACKET}
    assert {each.data[0] for each in one} == {0x47}
    seconds = [each.second for each in one]
    assert seconds == sorted(seconds)


def test_no_key_picture_is_left_where_there_shall_be_none() -> None:
    """T-09."""
    sent = b"".join(each.data for each in islice(BOMBS["no key picture"](looped(CLIP), random.Random(1)), 500))
    assert b"\0\0\1\x65" not in sent
    assert b"\0\0\1\x67" not in sent


def test_tables_written_by_hand_are_read_by_the_product() -> None:
    """Else what churns would be thrown away unread."""
    assert crc(b"123456789") == bytes.fromhex("0376e6e7")
    read = Multiplex()
    tables = CLIP[0].data + CLIP[1].data
    assert not read.feed(tables)
    assert read.feed(CLIP[0].data + section(0x1000, pmt([(0x24, PICTURE), (0x0F, SOUND)], version=1)))


def test_there_are_sixty_in_all_and_each_turn_has_one_for_each_lane() -> None:
    assert len(names()) == STREAMS
    assert STREAMS % LANES == 0
    assert set(BOMBS) < set(names())
