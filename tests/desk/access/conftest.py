"""What tests of the whole gate stand on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.desk.access.code_desk import CodeDesk
from tests.desk.access.hall import Hall, hall_in


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall_in(tmp_path) as made:
        yield made


@pytest.fixture
async def code_desk(tmp_path: Path) -> AsyncIterator[CodeDesk]:
    made = CodeDesk(tmp_path)
    yield made
    made.door.close()
