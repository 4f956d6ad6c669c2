"""Entity tags."""

import pytest

from origin.validators import none_match_fails, range_applies

TAG = '"5-1.m4s"'


@pytest.mark.parametrize("header", [TAG, f"W/{TAG}", f'"a", {TAG}', "*", f' {TAG} , "b"'])
def test_a_tag_that_the_viewer_has_is_found(header: str) -> None:
    assert none_match_fails(header, TAG)


@pytest.mark.parametrize("header", [None, "", '"a"', "5-1.m4s", '"5-1.m4s', 'W/"a", "b"'])
def test_other_tags_are_not(header: str | None) -> None:
    assert not none_match_fails(header, TAG)


def test_a_range_needs_the_same_strong_tag() -> None:
    assert range_applies(None, TAG)
    assert range_applies(TAG, TAG)
    assert not range_applies(f"W/{TAG}", TAG)
    assert not range_applies("Sat, 21 Nov 2026 01:02:03 GMT", TAG)
