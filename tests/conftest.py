"""What every test finds as if it were the first."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """Tests of the processes' entry points set up logging; the next test must not hear of it."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    asyncio_level = logging.getLogger("asyncio").level
    yield
    root.setLevel(level)
    logging.getLogger("asyncio").setLevel(asyncio_level)
    for handler in list(root.handlers):
        if handler not in handlers:
            root.removeHandler(handler)
