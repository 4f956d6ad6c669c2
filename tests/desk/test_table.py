"""Columns line up in a terminal."""

from desk.table import table, width_of


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert table([("a", "bb", "c"), ("aaa", "b", "c")]) == "a    bb  c\naaa  b   c"


def test_rows_may_be_shorter_and_there_may_be_none() -> None:
    assert table([("a", "b"), ("aa",)]) == "a   b\naa"
    assert table([]) == ""


def test_accents_written_apart_take_no_cell() -> None:
    assert width_of("họp") == width_of("ho\u0323p") == 3
    assert width_of("会") == 2
