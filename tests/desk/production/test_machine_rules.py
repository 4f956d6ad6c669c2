"""The rules themselves are tried in test_rules.py; here, that they are among all."""

from desk.production.machine_rules import MACHINE_RULES
from desk.production.rules import RULES


def test_they_are_among_all_rules() -> None:
    assert set(MACHINE_RULES) <= set(RULES)
    assert MACHINE_RULES
