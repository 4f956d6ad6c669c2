"""What the desk's tests are given."""

import logging
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


@pytest.fixture
def own_logs() -> Iterator[None]:
    """What a test does to the root logger ends with the test."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.raiseExceptions
    yield
    root.handlers, root.level, logging.raiseExceptions = before[0], before[1], before[2]
