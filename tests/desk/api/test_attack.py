"""A few of the requests that `make soak WHAT=api` makes many of; the same each time."""

from collections.abc import Iterator

import pytest

from tests.desk.api.attack import HEAVY, attack, prepare, spoil
from tests.desk.api.running import RunningDesk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    with RunningDesk(tmp_path_factory.mktemp("data")) as running:
        prepare(running)
        yield running
    assert running.complaints.heard == []


def test_requests_that_nobody_would_write_find_no_500_and_nothing_undocumented(desk: RunningDesk) -> None:
    """T-28."""
    tried, faults = attack(desk, each=2, spared=HEAVY, by_turns=True)
    assert faults == []
    assert len(tried) > 35


def test_odd_values_and_addresses_are_refused_as_the_document_says(desk: RunningDesk) -> None:
    """T-26, T-28."""
    count, faults = spoil(desk, every=29, spared=HEAVY)
    assert faults == []
    assert count > 100
