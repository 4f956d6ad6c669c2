from hypothesis import given
from hypothesis import strategies as st

from ingest.captions.cea708 import Service708


def window(at: int, *, rows: int = 2, columns: int = 32, visible: bool = True, place: int = 50) -> bytes:
    return bytes([0x98 + at, 0x20 * visible, place, 0, rows - 1, columns - 1, 0])


def _shown(*blocks: bytes) -> str:
    service = Service708()
    for block in blocks:
        service.feed(block)
    return service.text


def test_what_is_written_into_a_visible_window_is_seen() -> None:
    assert _shown(window(0) + b"Xin ch\xe0o", b"\x0dhai") == "Xin chào\nhai"


def test_a_hidden_window_is_seen_when_it_is_shown_and_no_longer_when_it_is_gone() -> None:
    written = window(0, visible=False) + b"text"
    assert _shown(written) == ""
    assert _shown(written, b"\x89\x01") == "text"
    assert _shown(written, b"\x8b\x01") == "text"
    for command in (b"\x8a\x01", b"\x88\xff", b"\x8c\x01", b"\x8f"):
        assert _shown(written, b"\x89\x01", command) == ""


def test_windows_are_read_from_above_to_below() -> None:
    assert _shown(window(0, place=70) + b"low", window(1, place=5) + b"high") == "high\nlow"


def test_a_full_window_moves_up() -> None:
    assert _shown(window(0) + b"a\x0db\x0dc") == "b\nc"


def test_letters_can_be_taken_back_and_placed() -> None:
    assert _shown(window(0) + b"abc\x08") == "ab"
    assert _shown(window(0) + b"abc\x0ed") == "d"
    assert _shown(window(0) + b"abc\x0cd") == "d"
    assert _shown(window(0) + b"a\x92\x01\x02b") == "a\nb"


def test_vietnamese_letters_come_wide() -> None:
    wide = b"".join(b"\x18" + ord(letter).to_bytes(2, "big") for letter in "xã tốt")
    assert _shown(window(0) + wide) == "xã tốt"


def test_colours_pens_and_unknown_commands_are_passed_over_whole() -> None:
    other = b"\x90AB\x91ABC\x97ABCD\x8dA\x8e"
    other += b"\x10\x05\x10\x09A\x10\x12AB\x10\x1aABC\x10\x80ABCD\x10\x88ABCDE\x10\x91\x02AB"
    assert _shown(window(0) + b"a" + other + b"b\x10\x30") == "ab█"


def test_a_window_that_is_defined_again_keeps_its_text_in_the_same_size() -> None:
    assert _shown(window(0) + b"a", window(0) + b"b") == "ab"
    assert _shown(window(0) + b"a", window(0, rows=3) + b"b") == "b"


def test_without_a_window_nothing_is_written() -> None:
    assert _shown(b"text\x0d\x18\x00a") == ""


@given(st.lists(st.binary(max_size=31), max_size=20))
def test_no_bytes_raise_an_error_nor_grow_without_end(blocks: list[bytes]) -> None:
    """T-06."""
    assert len(_shown(window(0), *blocks)) <= 8 * 16 * 65
