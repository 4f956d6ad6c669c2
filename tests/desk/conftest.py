"""What the desk's tests are given."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.database.postgres import PostgresServer
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL, one for all tests; `postgres.new()` is the address of an empty database in it."""
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once in each engine: for what they may do differently."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new()
