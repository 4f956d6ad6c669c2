"""One whole machine on free ports, with a channel on air, for the checks from the viewer's side."""

from collections.abc import Iterator

import pytest

from bench.machine import Machine


@pytest.fixture(scope="package")
def machine() -> Iterator[Machine]:
    """`xacast up`, and the channel `line` with the tiny ladder from the test card."""
    with Machine(log="error") as running:
        running.run("start", "line", "--open", "--feed", "testcard:", "--ladder", "tiny", "--force")
        yield running
