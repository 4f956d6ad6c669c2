"""The rules themselves are tried in test_rules.py; here, that they are among all."""

from desk.production.rules import RULES
from desk.production.setting_rules import SETTING_RULES


def test_they_are_among_all_rules() -> None:
    assert set(SETTING_RULES) <= set(RULES)
    assert SETTING_RULES
