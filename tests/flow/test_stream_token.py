"""What may be a token, a site or a key's name at all."""

import pytest

from flow.stream_token import LONGEST, has_shape, is_kid, is_site
from tests.origin.gate.tokens import NOW, token


def test_the_longest_token_there_is_has_the_shape() -> None:
    made = token("a" * 64, "b" * 64, since=NOW, by="k" * 32)
    assert has_shape(made)
    assert len(made) <= LONGEST


@pytest.mark.parametrize("text", [
    "", "a.b.c", "a" * 600, f"{'a' * 40}.{'b' * 40}", f"{'a' * 40}.{'b' * 40}.{'é' * 86}",
])
def test_anything_else_has_not(text: str) -> None:
    assert not has_shape(text)


def test_names_are_safe_wherever_they_are_written() -> None:
    assert is_site("xa-00123")
    assert is_site("12.345")
    assert is_kid("AbC_-9")
    for wrong in ("", "a b", "a\n", "a/b", "é", "a" * 65, 5, None):
        assert not is_site(wrong)
        assert not is_kid(wrong)
