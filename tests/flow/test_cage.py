"""A cage's bounds make sense."""

import pytest

from flow.cage import Cage


def test_by_default_a_cage_is_shut() -> None:
    cage = Cage()
    assert (cage.read, cage.network, cage.written) == ((), False, 0)


@pytest.mark.parametrize("path", ["feed.ts", "", "./feed.ts", "/feed\0.ts"])
def test_paths_are_absolute(path: str) -> None:
    with pytest.raises(ValueError, match="absolute"):
        Cage(read=(path,))


def test_limits_are_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        Cage(memory=0)
    with pytest.raises(ValueError, match="positive"):
        Cage(written=-1)
