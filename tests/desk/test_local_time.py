"""People read the time of their wall, which the slate and the page show too."""

import time
from collections.abc import Iterator

import pytest

from desk.local_time import local_time
from desk.programmes.times import zone_of


@pytest.fixture
def in_hanoi(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "<+07>-7")
        time.tzset()
        yield
    time.tzset()


def test_a_time_is_this_machines_with_its_offset(in_hanoi: None) -> None:
    assert local_time("2026-11-22T18:02:03.040000Z") == "2026-11-23 01:02:03+07:00"


def test_a_time_is_the_halls_wherever_the_machine_stands() -> None:
    assert local_time("2026-11-22T18:02:03Z", zone_of("Asia/Tokyo")) == "2026-11-23 03:02:03+09:00"
