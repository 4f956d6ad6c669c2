"""What a site found says whether it is ready."""

import pytest

from flow.self_test import Fault, SelfTest


def _test(*, picture: bool = True, sound: bool = True, rate: int = 900, need: int = 700) -> SelfTest:
    return SelfTest(picture=picture, sound=sound, rate_kbps=rate, need_kbps=need)


def test_a_site_is_ready_when_nothing_is_wrong() -> None:
    assert _test().faults == ()
    assert _test(rate=700).faults == ()
    assert _test(rate=699).faults == (Fault.RATE,)
    assert _test(picture=False, sound=False, rate=0, need=0).faults == (Fault.PICTURE, Fault.SOUND, Fault.RATE)


@pytest.mark.parametrize("rates", [(-1, 0), (0, -1), (10_000_001, 0), (0, 10_000_001)])
def test_no_line_has_such_a_rate(rates: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="rate"):
        _test(rate=rates[0], need=rates[1])
