"""Regions are plain values with ids that are safe anywhere."""

import pytest

from desk.register.region import region_id
from flow.errors import OperatorError


def test_a_code_is_a_region_id() -> None:
    assert region_id("00004") == "00004"


@pytest.mark.parametrize("text", ["", "../x", "Hà Nội", "a" * 65])
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(OperatorError, match="cannot be a region's code"):
        region_id(text)
