import pytest

from flow.timebase import GOP, TICK
from packager.ts.pes import PICTURE, SOUND, head_size, pes_packet


@pytest.mark.parametrize(("shown", "reordered"), [(GOP, False), (GOP + TICK, True)])
def test_dts_is_written_where_it_differs(shown: int, reordered: bool) -> None:
    packet = pes_packet(PICTURE, shown, GOP, b"picture")
    assert packet[:4] == b"\0\0\1\xe0"
    assert packet[7] == (0xC0 if reordered else 0x80)
    assert packet[head_size(reordered=reordered) :] == b"picture"


def test_sound_says_how_long_it_is_and_pictures_leave_it_open() -> None:
    assert pes_packet(SOUND, 0, 0, b"x" * 100)[4:6] == (108).to_bytes(2, "big")
    assert pes_packet(PICTURE, 0, 0, b"x" * 100)[4:6] == b"\0\0"
