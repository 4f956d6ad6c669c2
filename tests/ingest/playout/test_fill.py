"""How long media wait, judged over seconds."""

from flow.timebase import SCALE
from ingest.playout.fill import MARGIN, WINDOW, Fill, Verdict

MS = SCALE // 1_000
TARGET = 200 * MS


def _window(fill: Fill, delays: list[int], pictures: list[int] | None = None) -> tuple[Fill, Verdict | None]:
    """A window in which these came, in ms."""
    for delay in delays:
        fill = fill.heard(delay * MS)
    for delay in pictures or []:
        fill = fill.seen(delay * MS)
    for _ in range(WINDOW - 1):
        fill, verdict = fill.after(TARGET)
        assert verdict is None
    return fill.after(TARGET)


def _error(delays: list[int], pictures: list[int] | None = None) -> int:
    verdict = _window(Fill(), delays, pictures)[1]
    assert verdict is not None
    return verdict.error // MS


def test_the_mean_of_a_window_is_held_against_the_set_delay() -> None:
    assert _error([210, 230]) == 20
    assert _error([190, 170]) == -20


def test_jitter_about_the_set_delay_is_no_drift() -> None:
    assert _error([110, 290, 150, 250]) == 0


def test_what_comes_in_bursts_waits_longer_so_that_the_latest_is_in_time() -> None:
    """Segments of two seconds at once: the last to come is 20 ms early, and should be 80."""
    assert _error(list(range(20, 2_000, 40))) == -60
    assert MARGIN == 80 * MS


def test_of_a_slow_slide_only_the_last_picture_counts() -> None:
    assert _error([200] * 100, [-760, -400, 200]) == 0
    assert _error([200] * 100, [-760, -400, 150]) == -50


def test_pictures_that_shake_are_held_like_sound() -> None:
    assert _error([330] * 100, [220, 180, 200]) == 0
    assert _error([330] * 100, [300, 20, 280]) == -60


def test_pictures_that_come_long_after_their_sound_hold_the_feed_back() -> None:
    assert _error([880] * 100, [200] * 100) == 0


def test_the_last_slide_is_remembered_until_the_next() -> None:
    fill, _ = _window(Fill(), [880], [200])
    verdict = _window(fill, [880])[1]
    assert verdict is not None
    assert verdict.error == 0


def test_what_was_never_used_can_be_spared() -> None:
    """F-09."""
    verdict = _window(Fill(), [900, 1_200, 700])[1]
    assert verdict == Verdict(mean=2_800 * MS // 3, error=620 * MS, spare=500 * MS)


def test_a_window_in_which_nothing_came_says_nothing() -> None:
    assert _window(Fill(), []) == (Fill(), None)


def test_while_the_sound_is_away_what_it_needs_is_remembered() -> None:
    """F-13: pictures that were shown sooner would have to stand when it comes back in its bursts."""
    fill, _ = _window(Fill(), [220, 440], [420] * 100)
    for _ in range(3):
        for _ in range(100):
            fill = fill.alone(420 * MS)
        fill, verdict = _window(fill, [])
        assert verdict is not None
        assert verdict.spare == 20 * MS


def test_a_feed_that_never_had_sound_is_held_by_its_pictures() -> None:
    fill = Fill()
    for _ in range(100):
        fill = fill.alone(420 * MS)
    verdict = _window(fill, [])[1]
    assert verdict is not None
    assert verdict.spare == 220 * MS
