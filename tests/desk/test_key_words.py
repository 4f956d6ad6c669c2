import pytest

from desk.key_words import DEFAULT, key_period_of
from flow.errors import OperatorError


def test_a_channel_is_in_clear_unless_asked_otherwise() -> None:
    assert key_period_of(DEFAULT, encrypt=False) == 0


@pytest.mark.parametrize(("word", "seconds"), [(DEFAULT, 300), ("30s", 30), ("2m", 120), ("1min", 60)])
def test_a_key_serves_five_minutes_or_less(word: str, seconds: int) -> None:
    """T-16."""
    assert key_period_of(word, encrypt=True) == seconds


@pytest.mark.parametrize("word", ["", "9s", "301s", "6min", "1h", "-5s", "5 min"])
def test_what_is_no_period_is_refused_with_a_way_out(word: str) -> None:
    with pytest.raises(OperatorError) as refused:
        key_period_of(word, encrypt=True)
    assert "--key-period" in refused.value.remedy


def test_a_period_without_encryption_is_refused() -> None:
    with pytest.raises(OperatorError, match="in clear"):
        key_period_of("30s", encrypt=False)
