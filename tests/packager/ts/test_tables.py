from packager.ts.tables import association, crc, programme_map


def test_the_checksum_is_the_one_of_the_standard() -> None:
    assert crc(b"123456789") == 0x0376E6E7


def test_a_table_with_its_checksum_has_the_remainder_0() -> None:
    for section in (association(), programme_map()):
        assert section[0] == 0
        assert (section[2] & 0xF) << 8 | section[3] == len(section) - 4
        assert crc(section[1:]) == 0


def test_the_map_names_pictures_with_the_clock_and_sound() -> None:
    section = programme_map()[1:]
    assert (section[8] & 0x1F) << 8 | section[9] == 0x100
    assert (section[12], (section[13] & 0x1F) << 8 | section[14]) == (0x1B, 0x100)
    assert (section[17], (section[18] & 0x1F) << 8 | section[19]) == (0x0F, 0x101)
