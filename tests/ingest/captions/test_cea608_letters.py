from ingest.captions.cea608_letters import basic, extended, special


def test_every_code_has_one_letter() -> None:
    assert "".join(map(basic, range(0x41, 0x5B))) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert [basic(code) for code in (0x2A, 0x7F)] == ["á", "█"]
    assert [special(code) for code in (0x30, 0x37, 0x3F)] == ["®", "♪", "û"]
    assert [extended(0x12, code) for code in (0x20, 0x3F)] == ["Á", "»"]
    assert [extended(0x13, code) for code in (0x20, 0x3F)] == ["Ã", "┘"]
    codes = [basic(one) for one in range(0x20, 0x80)] + [special(one) for one in range(0x30, 0x40)]
    codes += [extended(first, one) for first in (0x12, 0x13) for one in range(0x20, 0x40)]
    assert all(len(letter) == 1 for letter in codes)
