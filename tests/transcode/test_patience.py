import pytest

from transcode.patience import is_hung, pause_after

S = 1_000_000_000


@pytest.mark.parametrize(("silent", "ticks", "hung"), [
    (3 * S, 75, True), (3 * S - 1, 75, False), (60 * S, 49, False), (3 * S, 50, True), (0, 500, False),
])
def test_only_an_encoder_that_was_fed_for_three_seconds_hangs(silent: int, ticks: int, hung: bool) -> None:
    """F-02: a hung encoder is found within 3 s, and one without input is none."""
    assert is_hung(silent, ticks) is hung


def test_a_long_run_is_followed_at_once() -> None:
    assert pause_after(5 * S, 4) == (0, 0)


def test_short_runs_are_followed_with_growing_pauses() -> None:
    """F-03: pauses grow from 0.5 s to 8 s."""
    pauses, short = [], 0
    for _ in range(8):
        pause, short = pause_after(S, short)
        pauses.append(pause / S)
    assert pauses == [0, 0.5, 1, 2, 4, 8, 8, 8]
