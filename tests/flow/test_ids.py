"""Ids are safe in any path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import OperatorError
from flow.ids import channel_id, is_id


@pytest.mark.parametrize("text", ["a", "0", "hop-giao-ban", "a" * 64])
def test_short_lower_case_words_are_ids(text: str) -> None:
    assert is_id(text)
    assert channel_id(text) == text


@pytest.mark.parametrize("text", [
    "", "-a", "A", "a_b", "a b", "a/b", "..", "a" * 65, "á", "a\n", "a\x00", "%2e%2e", "٣",
])
def test_everything_else_is_refused(text: str) -> None:
    """T-12."""
    assert not is_id(text)
    with pytest.raises(OperatorError, match="cannot be a channel's name"):
        channel_id(text)


@given(st.text())
def test_no_id_holds_a_letter_that_means_something_in_a_path(text: str) -> None:
    """T-12."""
    if is_id(text):
        assert set(text) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
