"""How long a session is one."""

import pytest

from desk.people.session import IDLE_S, LONGEST_S, Session, digest_of, new_token


@pytest.mark.parametrize(("made", "seen", "now", "holds"), [
    (0, 0, IDLE_S - 1, True), (0, 0, IDLE_S, False), (0, LONGEST_S - 1, LONGEST_S - 1, True),
    (0, LONGEST_S, LONGEST_S, False), (100, 100, 50, True),
])
def test_it_ends_after_half_an_hour_without_use_and_after_half_a_day(
    made: int, seen: int, now: int, holds: bool,
) -> None:
    """T-27."""
    assert Session(digest="d", account="lan", made_s=made, seen_s=seen).holds(now) is holds


def test_a_token_is_256_bits_and_only_its_digest_is_kept() -> None:
    """T-27."""
    token = new_token()
    assert len(token) == 43
    assert token != new_token()
    assert len(digest_of(token)) == 64
    assert token not in digest_of(token)


@pytest.mark.parametrize("text", ["", "x", "a" * 42, "a" * 44, "é" * 43, "a" * 42 + "\n"])
def test_what_can_be_no_token_has_no_digest(text: str) -> None:
    assert digest_of(text) == ""
