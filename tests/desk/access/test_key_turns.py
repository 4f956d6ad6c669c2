"""A key is known before it signs, and as long as its tokens may live."""

from desk.access.key_turns import AHEAD, PERIOD, due, signing, spent
from flow.stream_token import LONGEST_LIFE

BIRTH = 1_790_000_000


def test_the_first_key_is_made_at_once_and_signs_at_once() -> None:
    assert due([], BIRTH)
    assert not due([BIRTH], BIRTH)
    assert signing([BIRTH], BIRTH) == 0


def test_the_next_is_known_an_hour_before_it_signs() -> None:
    second = BIRTH + PERIOD
    assert not due([BIRTH], second - 1)
    assert due([BIRTH], second)
    assert signing([BIRTH, second], second + AHEAD - 1) == 0
    assert signing([BIRTH, second], second + AHEAD) == 1


def test_a_key_goes_when_its_last_token_has_ended() -> None:
    births = [BIRTH, BIRTH + PERIOD]
    last = BIRTH + PERIOD + AHEAD + LONGEST_LIFE
    assert spent(births, last) == 0
    assert spent(births, last + 60) == 1
    assert spent([BIRTH], last + 60) == 0  # what still signs never goes


def test_a_clock_that_was_far_ahead_leaves_a_key_that_signs() -> None:
    """F-19: the key of a wrong time waits for it; the one that signs stays."""
    assert signing([BIRTH, BIRTH + 10 * PERIOD], BIRTH) == 0
    assert signing([BIRTH + PERIOD], BIRTH) == 0
    assert spent([BIRTH, BIRTH + 10 * PERIOD], BIRTH + PERIOD) == 0


def test_a_clock_that_was_ahead_does_not_end_the_change_of_keys() -> None:
    """T-43: and one that is set back by a little makes no key more."""
    ahead = BIRTH + 10 * 365 * 24 * 3600
    assert due([ahead], BIRTH)
    assert not due([BIRTH, ahead], BIRTH + PERIOD - 1)
    assert due([BIRTH, ahead], BIRTH + PERIOD)
    assert not due([BIRTH + 30], BIRTH)
    assert spent([BIRTH, ahead], BIRTH + PERIOD) == 0
