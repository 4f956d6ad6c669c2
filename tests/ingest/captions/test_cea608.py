from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from ingest.captions.cea608 import Cea608
from tests.ingest import caption_making as cc
from tests.ingest.caption_making import CR, EDM, LAST_ROW, RCL, RDC, ROW_14, RU2, Pair, letters, pop_on, twice


def _shown(pairs: Iterable[Pair], screen: Cea608 | None = None) -> str:
    screen = screen or Cea608()
    for first, second in pairs:
        screen.feed(cc.parity(first), cc.parity(second))
    return screen.text


def test_a_text_that_pops_on_is_seen_when_it_is_whole() -> None:
    *before, last = pop_on("XIN CHAO")
    screen = Cea608()
    assert _shown(before[:-1], screen) == ""
    assert _shown([last], screen) == "XIN CHAO"
    assert _shown(pop_on("HAI"), screen) == "HAI"
    assert _shown(twice(EDM), screen) == ""


def test_rows_are_lines() -> None:
    text = [*twice(RCL, cc.ENM, ROW_14), *letters("ONE"), *twice(LAST_ROW), *letters("TWO"), *twice(cc.EOC)]
    assert _shown(text) == "ONE\nTWO"


def test_a_command_that_came_twice_is_done_once_and_one_that_came_once_too() -> None:
    assert _shown([*twice(RU2, CR, LAST_ROW), *letters("ABCD"), *twice(cc.BS)]) == "ABC"
    assert _shown([*twice(RU2, CR, LAST_ROW), *letters("ABCD"), cc.BS]) == "ABC"
    assert _shown([*twice(RU2, CR, LAST_ROW), *letters("ABCD"), cc.BS, cc.BS, cc.BS]) == "AB"


def test_text_rolls_up() -> None:
    screen = Cea608()
    two = [*twice(RU2, CR, LAST_ROW), *letters("ONE "), *twice(CR), *letters("TWO ")]
    assert _shown(two, screen) == "ONE\nTWO"
    assert _shown([*twice(RU2, CR, LAST_ROW), *letters("THREE")], screen) == "TWO\nTHREE"
    assert _shown([*twice(cc.RU3, CR), *letters("FOUR")], screen) == "TWO\nTHREE\nFOUR"
    assert _shown([*twice(RU2)], screen) == "THREE\nFOUR"
    assert _shown([*twice(ROW_14)], screen) == "THREE\nFOUR"


def test_text_is_painted_on() -> None:
    assert _shown([*twice(RDC, LAST_ROW), *letters("AB"), *twice((0x17, 0x21)), *letters("C")]) == "AB C"
    assert _shown([*twice(RDC, LAST_ROW), *letters("ABCDEF"), *twice((0x14, 0x72), cc.DER)]) == "ABCD"


def test_letters_of_other_tables_are_known() -> None:
    other = [(0x12, 0x21), (0x11, 0x37), (0x11, 0x20)]
    assert _shown([*twice(RDC, LAST_ROW), *letters("E"), *other, (0x41, 0)]) == "É♪ A"


def test_the_second_channel_is_not_ours() -> None:
    other = [(0x1C, 0x29), (0x1C, 0x60), *letters("NO")]
    assert _shown([*twice(RDC, LAST_ROW), *letters("AB"), *other, *twice(RDC), *letters("CD")]) == "ABCD"


def test_text_service_and_what_came_before_any_command_are_not_shown() -> None:
    assert _shown([*letters("LATE"), *twice(cc.EOC)]) == ""
    assert _shown([*twice(RDC, (0x14, 0x2A)), *letters("NEWS"), *twice(RDC, LAST_ROW), *letters("A")]) == "A"


def test_what_parity_shows_to_be_damaged_is_left_out() -> None:
    screen = Cea608()
    _shown(twice(RDC, LAST_ROW), screen)
    screen.feed(0x41, 0xC2)  # A, B and D have an even number of bits: their eighth bit must be set
    screen.feed(0xC1, 0x42)
    screen.feed(0x43, 0x44)
    assert screen.text == "AC"
    assert _shown([cc.NOTHING] * 3, screen) == "AC"


@given(st.binary(max_size=400))
def test_no_bytes_raise_an_error_nor_make_a_screen_too_large(data: bytes) -> None:
    """T-06."""
    screen = Cea608()
    for first, second in zip(data[::2], data[1::2], strict=False):
        screen.feed(first, second)
        assert all(len(line) <= 32 for line in screen.text.split("\n"))
    assert screen.text.count("\n") < 15


@given(st.lists(st.tuples(st.integers(0x10, 0x1F), st.integers(0x20, 0x7F)), max_size=200))
def test_no_commands_raise_an_error(pairs: list[Pair]) -> None:
    """T-06."""
    _shown(pairs)
