"""Times as people write and read them."""

from datetime import UTC

import pytest

from desk.programmes import times
from desk.programmes.times import lasting_of, moment_of, shown_time, utc_time, zone_of
from flow.errors import OperatorError
from tests.desk.programmes.some import DAY, at

HERE = zone_of("Asia/Ho_Chi_Minh")


def test_a_time_is_on_the_clock_of_the_place_unless_it_says_which() -> None:
    assert moment_of("2026-11-24 08:00", HERE, DAY) == at("08:00")
    assert moment_of("2026-11-24T01:00:00Z", HERE, DAY) == at("08:00")
    assert moment_of("08:00", HERE, at("07:00")) == at("08:00")
    assert moment_of("08:00", HERE, at("08:01")) == at("32:00")
    assert moment_of("now", HERE, DAY) == DAY
    assert moment_of("+90min", HERE, DAY) == DAY + 5_400
    assert (shown_time(at("08:00"), HERE), utc_time(at("08:00"))) == (
        "2026-11-24 08:00+07:00", "2026-11-24T01:00:00Z",
    )
    assert shown_time(at("08:00") + 1, UTC) == "2026-11-24 01:00:01+00:00"


@pytest.mark.parametrize("text", [
    "", "8", "24:00", "2026-11-24", "tomorrow", "-5min", "1969-01-01T00:00Z", "9999-12-31T23:59",
    "2026-13-01 08:00", "+٣min",
])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(OperatorError):
        moment_of(text, HERE, DAY)


def test_lengths() -> None:
    assert [lasting_of(text) for text in ("45min", "2h", "90s", "5m")] == [2_700, 7_200, 90, 300]
    with pytest.raises(OperatorError):
        lasting_of("2 hours")


def test_a_machine_without_zones_still_knows_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(name: str) -> None:
        raise times.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(times, "ZoneInfo", nowhere)
    assert moment_of("2026-11-24 08:00", zone_of("Asia/Ho_Chi_Minh"), DAY) == at("08:00")
    with pytest.raises(OperatorError):
        zone_of("Europe/Berlin")


def test_a_zone_is_a_name_and_no_path() -> None:
    for name in ("../etc/passwd", "", "Nowhere/Land"):
        with pytest.raises(OperatorError):
            zone_of(name)
