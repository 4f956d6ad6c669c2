import pytest

from origin.key_wrap import MASTER_BYTES, KeyWrap

MASTER = bytes(range(MASTER_BYTES))


def test_a_wrapped_key_comes_back_and_shows_nothing() -> None:
    """T-16: at rest keys are wrapped."""
    key = b"0123456789abcdef"
    wrapped = KeyWrap(MASTER).wrap(key, "demo/7")
    assert key not in wrapped
    assert KeyWrap(MASTER).wrap(key, "demo/7") != wrapped
    assert KeyWrap(MASTER).unwrap(wrapped, "demo/7") == key


@pytest.mark.parametrize("purpose", ["demo/8", "other/7", ""])
def test_a_key_that_was_moved_is_refused(purpose: str) -> None:
    wrapped = KeyWrap(MASTER).wrap(bytes(16), "demo/7")
    with pytest.raises(ValueError, match="another master key"):
        KeyWrap(MASTER).unwrap(wrapped, purpose)


def test_another_master_key_and_damage_are_refused() -> None:
    wrapped = KeyWrap(MASTER).wrap(bytes(16), "demo/7")
    for wrap, body in ((KeyWrap(bytes(MASTER_BYTES)), wrapped), (KeyWrap(MASTER), wrapped[:-1] + b"\0\0")):
        with pytest.raises(ValueError, match="another master key"):
            wrap.unwrap(body, "demo/7")


def test_a_master_key_of_another_length_is_none() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        KeyWrap(b"short")
