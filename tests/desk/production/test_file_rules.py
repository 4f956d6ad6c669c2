"""The rules themselves are tried in test_rules.py; here, that they are among all."""

from desk.production.file_rules import FILE_RULES
from desk.production.rules import RULES


def test_they_are_among_all_rules() -> None:
    assert set(FILE_RULES) <= set(RULES)
    assert FILE_RULES
