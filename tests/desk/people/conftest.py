"""What the tests of people are given."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient

from tests.desk.people.desk import Desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path)
    await made.add()
    yield made
    made.close()


@pytest.fixture
async def client(desk: Desk, aiohttp_client: AiohttpClient) -> TestClient:
    return await aiohttp_client(desk.app())
