"""A picture of the harness says which source it is of, and when."""

import pytest

from tests.faults.card import Mark, mark_of, picture


@pytest.mark.parametrize("size", [(426, 240), (1280, 720), (320, 180)])
def test_a_mark_is_read_again(size: tuple[int, int]) -> None:
    mark = Mark(13, 61_240)
    assert mark_of(picture(mark, *size)) == mark


def test_a_picture_without_a_strip_says_nothing() -> None:
    luma = picture(Mark(1, 0), 426, 240)
    luma[:] = 16
    assert mark_of(luma) is None
