import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.tick import CAPTION_LETTERS, CAPTION_LINES
from ingest.captions.text import tidy


@pytest.mark.parametrize(("said", "shown"), [
    ("", ""), ("  \n\t\n ", ""), ("Xin chào", "Xin chào"), (" hai \r\n\r\n dòng ", "hai\ndòng"),
    ("a\x00b\x1b[31mc\u202ed", "ab[31mcd"), ("a\u00a0\u3000b", "a b"),
    ("Đươ\u0300ng", "Đường"),
])
def test_printable_lines_are_left(said: str, shown: str) -> None:
    assert tidy(said) == shown


def test_what_is_too_long_is_cut_off() -> None:
    """T-09."""
    assert len(tidy("lời " * 10_000)) <= CAPTION_LETTERS
    assert tidy("dòng\n" * 100).count("\n") == CAPTION_LINES - 1


@given(st.text())
def test_whatever_comes_a_caption_is_short_and_printable(text: str) -> None:
    """T-09."""
    lines = tidy(text).split("\n")
    assert len(lines) <= CAPTION_LINES
    assert all(line.isprintable() and line == line.strip() for line in lines)
    assert all(lines) or lines == [""]
