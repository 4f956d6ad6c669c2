"""A site token and what is kept of it."""

import pytest

from flow.site_token import digest_of, new_token


def test_no_two_are_alike_and_each_has_256_bits() -> None:
    """T-14."""
    made = {new_token() for _ in range(100)}
    assert len(made) == 100
    assert {len(one) for one in made} == {43}  # 32 bytes as base64url


def test_what_is_kept_opens_nothing() -> None:
    token = new_token()
    digest = digest_of(token)
    assert digest is not None
    assert len(digest) == 32
    assert digest == digest_of(token)
    assert digest_of(digest.hex()) is None


@pytest.mark.parametrize("text", ["", "a" * 42, "a" * 44, "a" * 42 + "é", "a" * 42 + "\n", "a" * 42 + "/"])
def test_what_cannot_be_one_has_no_digest(text: str) -> None:
    assert digest_of(text) is None
