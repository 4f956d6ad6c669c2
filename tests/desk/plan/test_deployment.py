from dataclasses import FrozenInstanceError

import pytest

from tests.desk.plan.country import country


def test_a_deployment_is_a_value() -> None:
    assert country() == country()
    with pytest.raises(FrozenInstanceError):
        country().sites = 1  # type: ignore[misc]
