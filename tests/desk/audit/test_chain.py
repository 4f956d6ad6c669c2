"""A chain in which nothing can be changed unseen."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.audit.chain import BEGIN, Head, canonical, follows, linked, read_line, verify


def chain(count: int, *, begin: int = 0) -> tuple[list[str], Head]:
    """So many lines and their head."""
    head, lines = Head(), []
    for number in range(count):
        head, line = linked(head, {"what": f"take {begin + number}", "who": "lan"})
        lines.append(line)
    return lines, head


LINES, HEAD = chain(6)
FOREIGN = "entry 3 does not follow the one before it: one of both was written anew"


def test_a_chain_is_right_as_it_was_written() -> None:
    assert verify(LINES, HEAD).fault == ""
    assert verify(LINES, HEAD).head == HEAD
    assert verify([], Head()).head == Head(number=0, hash=BEGIN)


@given(st.integers(0, len("\n".join(LINES)) - 1), st.integers(0, 7))
@settings(max_examples=60, deadline=None)
def test_any_bit_that_is_another_is_found(at: int, bit: int) -> None:
    """T-37."""
    content = bytearray("\n".join(LINES).encode())
    content[at] ^= 1 << bit
    assert verify(content.decode("ascii", "replace").split("\n"), HEAD).fault


@given(st.lists(st.integers(0, 5), max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_other_order_and_any_that_are_left_out_or_twice_are_found(order: list[int]) -> None:
    """T-37."""
    fault = verify([LINES[at] for at in order], HEAD).fault
    assert (fault == "") == (order == list(range(6)))


@pytest.mark.parametrize(("lines", "fault"), [
    (LINES[1:], "entry 1 is missing: entry 2 stands in its place"),
    ([*LINES[:2], *LINES[3:]], "entry 3 is missing: entry 4 stands in its place"),
    ([*LINES[:2], LINES[0], *LINES[2:]], "entry 3 is not in its place: entry 1 stands there"),
    (LINES[:4], "the end is cut off: entries 5 to 6 are missing"),
    ([*LINES[:2], LINES[2].replace("take", "cut "), *LINES[3:]], "entry 3 is altered"),
    ([*LINES[:2], LINES[2][:30], *LINES[3:]], "entry 3 cannot be read"),
    ([*LINES[:2], *chain(6, begin=9)[0][2:]], FOREIGN),
    (chain(6, begin=9)[0], "entry 6 is not the one of the head: it was written anew"),
])
def test_the_first_fault_is_named(lines: list[str], fault: str) -> None:
    """T-37."""
    assert verify(lines, HEAD).fault == fault


def test_what_came_after_the_head_was_noted_is_no_fault() -> None:
    _, early = chain(3)
    assert verify(LINES, early).fault == ""


@given(st.text(max_size=40))
def test_whatever_is_said_stays_one_line(text: str) -> None:
    """T-33."""
    head, line = linked(Head(), {"why": text})
    assert line.isascii()
    assert line.isprintable()
    assert follows(Head(), line) == head
    words = read_line(line)
    assert words is not None
    assert words["entry"]["why"] == text


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"entry":1}', '{"entry":{"number":"1"}}', "[" * 100_000])
def test_what_is_no_entry_is_none(line: str) -> None:
    assert read_line(line) is None


def test_numbers_that_json_has_not_are_refused() -> None:
    with pytest.raises(ValueError, match="float"):
        canonical(float("nan"))


@pytest.mark.parametrize("text", ["", "6", f"x:{BEGIN}", "6:abc", f"6:{BEGIN[:-1]}G", f"{'9' * 20}:{BEGIN}"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="NUMBER:HASH"):
        Head.parse(text)
    plain: Any = Head.parse(f"{HEAD}\n")
    assert plain == HEAD
