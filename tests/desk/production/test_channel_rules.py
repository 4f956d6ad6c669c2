"""The rules themselves are tried in test_rules.py; here, that they are among all."""

from desk.production.channel_rules import CHANNEL_RULES
from desk.production.rules import RULES


def test_they_are_among_all_rules() -> None:
    assert set(CHANNEL_RULES) <= set(RULES)
    assert CHANNEL_RULES
