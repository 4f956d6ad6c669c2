"""Facts have no defaults."""

from dataclasses import MISSING, fields

import pytest

from desk.production import facts
from desk.production.facts import Facts


@pytest.mark.parametrize("name", [name for name in vars(facts) if name.endswith("Facts")])
def test_nothing_is_forgotten_unseen(name: str) -> None:
    """T-44: a fact that nobody gathers cannot pass for a good one."""
    kind: type[Facts] = getattr(facts, name)
    assert all(one.default is MISSING and one.default_factory is MISSING for one in fields(kind))
