"""Every known way to hide a request, at every listener of a running headend."""

import logging
from pathlib import Path

import pytest

from tests.desk.access.hall import hall_in
from tests.desk.smuggling.odd_vectors import FAMILIES
from tests.desk.smuggling.places import SECRET, places_of
from tests.desk.smuggling.vectors import honest, vectors
from tests.desk.smuggling.wire import tried


async def test_no_request_is_taken_for_two_at_any_listener(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-20: one answer to each, or a plain refusal and the end of the connection; never 500. T-15: nothing of an
    address is written down, nor repeated to viewers."""
    caplog.set_level(logging.DEBUG)
    async with hall_in(tmp_path) as hall:
        for name, (port, place) in places_of(hall.headend, tmp_path).items():
            all_of_them = [*vectors(place, FAMILIES), *honest(place)]
            assert len(all_of_them) > 600
            silent = SECRET.encode() if name == "viewers" else b""  # operators are told which address there is not
            assert await tried(port, all_of_them, silent) == [], name
    assert SECRET not in caplog.text
