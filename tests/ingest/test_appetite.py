"""A decoder that computes without giving a picture."""

from itertools import accumulate

import pytest

from ingest.appetite import WINDOW_NS, Appetite
from ingest.retry import Retry
from ingest.switching.quarantine import MOST, WITHIN_NS

SECOND = 1_000_000_000


def seconds_until_hungry(cores: list[float], pictures: list[int]) -> int | None:
    """Looked at each second; `cores` used and pictures given in each."""
    state = Appetite(began_ns=0)
    used, given = list(accumulate(cores)), list(accumulate(pictures))
    for at, (core, count) in enumerate(zip(used, given, strict=True), 1):
        state, hungry = state.after(at * SECOND, round(core * SECOND), count)
        if hungry:
            return at
    return None


@pytest.mark.parametrize("cores", [1.0, 8.0])
def test_a_loop_from_the_start_or_after_a_while_is_known_within_two_windows(cores: float) -> None:
    """F-02."""
    assert seconds_until_hungry([cores] * 9, [0] * 9) == 4
    after = seconds_until_hungry([0.4] * 60 + [cores] * 9, [25] * 60 + [0] * 9)
    assert after is not None
    assert after <= 68


def test_long_waiting_hides_no_loop() -> None:
    """F-02: a listener that nobody called for an hour."""
    after = seconds_until_hungry([0.0] * 3_600 + [1.0] * 9, [0] * 3_609)
    assert after is not None
    assert after <= 3_608


@pytest.mark.parametrize(("cores", "pictures"), [(6.0, 25), (2.0, 1), (0.3, 0), (0.0, 0)])
def test_who_gives_pictures_takes_what_it_needs_and_who_waits_is_left_alone(cores: float, pictures: int) -> None:
    """2160p on a small machine; a feed without a key picture yet (F-16); a slide that stands."""
    assert seconds_until_hungry([cores] * 300, [pictures] * 300) is None


def test_a_feed_that_makes_every_decoder_spin_comes_into_quarantine() -> None:
    """F-03: as many lives as that takes end soon enough, the pauses between them counted."""
    retry, whole = Retry(), 0
    for _ in range(MOST - 1):
        retry, pause = retry.after(2 * WINDOW_NS, lived=True)
        whole += 2 * WINDOW_NS + round(pause * SECOND)
    assert whole < WITHIN_NS
