import logging

import pytest

from ingest.complaints import Complaints
from tests.recorded.clock import SteppedClock


def test_each_trouble_is_told_once_a_second(caplog: pytest.LogCaptureFixture) -> None:
    clock = SteppedClock()
    complaints = Complaints(clock)
    for tick in range(51):
        for about in ("ticks", "feed 1"):
            try:
                raise ZeroDivisionError
            except ZeroDivisionError:
                complaints.add(about, f"{about}: {tick} failed")
        clock.advance(0.04)
    told = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(told) == 2 * 3
    assert told[2].getMessage() == "ticks: 25 failed (25 times since this was last said)"
    assert all(record.exc_info for record in told)
