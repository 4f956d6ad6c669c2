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
    assert moment_of("24/11/2026 08:00", HERE, DAY) == moment_of("24/11/2026T08:00", HERE, DAY) == at("08:00")
    assert moment_of(" 4/1/2027 08:00", HERE, DAY) == moment_of("2027-01-04 08:00", HERE, DAY)
    assert moment_of("2026-11-24T01:00:00Z", HERE, DAY) == at("08:00")
    assert moment_of("08:00", HERE, at("07:00")) == at("08:00")
    assert moment_of("08:00", HERE, at("08:01")) == at("32:00")
    assert moment_of("now", HERE, DAY) == DAY
    assert moment_of("+90min", HERE, DAY) == DAY + 5_400
    assert moment_of("+1day 2h", HERE, DAY) == DAY + 93_600
    assert (shown_time(at("08:00"), HERE), utc_time(at("08:00"))) == (
        "2026-11-24 08:00+07:00", "2026-11-24T01:00:00Z",
    )
    assert shown_time(at("08:00") + 1, UTC) == "2026-11-24 01:00:01+00:00"


@pytest.mark.parametrize("text", [
    "", "8", "24:00", "2026-11-24", "tomorrow", "-5min", "1969-01-01T00:00Z", "9999-12-31T23:59",
    "2026-13-01 08:00", "+٣min", "+", "+1week", "24/11/2026", "11/24/2026 08:00", "31/02/2027 08:00",
    "24/11/26 08:00",
])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(OperatorError):
        moment_of(text, HERE, DAY)


def test_lengths() -> None:
    assert [lasting_of(text) for text in ("45min", "2h", "90s", "5m")] == [2_700, 7_200, 90, 300]
    assert [lasting_of(text) for text in ("1h30min", "2 hours", "1 day 2h", "1giờ 30 phút", "2 ngày")] == [
        5_400, 7_200, 93_600, 5_400, 172_800,
    ]
    assert [lasting_of(text) for text in ("1h30", "2H05", "1 giờ 30", "0h45")] == [5_400, 7_500, 5_400, 2_700]


@pytest.mark.parametrize(
    "text", ["", "5", "h", "1.5h", "-5min", "2 weeks", "1h+30min", "1h75", "90min30", "٣min", "999999s",
             "1h " * 30],
)
def test_what_is_no_length_is_refused_with_what_is_one(text: str) -> None:
    with pytest.raises(OperatorError, match="1h30min"):
        lasting_of(text)


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
