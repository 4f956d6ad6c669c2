"""What the desk's tests are given."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.rooms import Rooms


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    """A headend's rooms, let go of afterwards."""
    made = Rooms(tmp_path)
    yield made
    made.registry.close()
