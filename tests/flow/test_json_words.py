"""JSON of strangers."""

import pytest

from flow.json_words import read_json


def test_what_is_json_is_read() -> None:
    assert read_json('{"a": [1, null]}') == {"a": [1, None]}
    assert read_json(b'"\xc4\x90"') == "Đ"


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' * 100_000, b"\xff\xfe\xfd"])
def test_anything_else_is_a_value_error(text: str | bytes) -> None:
    """T-09: three kilobytes of brackets end nobody."""
    with pytest.raises(ValueError):  # noqa: PT011 - of any words
        read_json(text)
