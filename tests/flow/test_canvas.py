"""The canvas keeps to sizes and rates that fit raw pictures and the clock grid."""

import pytest

from flow.canvas import Canvas


def test_a_picture_is_one_and_a_half_bytes_for_each_pixel() -> None:
    assert Canvas(width=1280, height=720).picture_bytes == 1280 * 720 * 3 // 2


@pytest.mark.parametrize(("fps", "pictures"), [(25, 1), (50, 2)])
def test_a_tick_holds_one_picture_at_25_and_two_at_50(fps: int, pictures: int) -> None:
    assert Canvas(width=2, height=2, fps=fps).pictures_per_tick == pictures


@pytest.mark.parametrize(("width", "height"), [(427, 240), (426, 241), (0, 240), (426, -2)])
def test_odd_or_empty_sides_are_refused(width: int, height: int) -> None:
    with pytest.raises(ValueError, match="even and positive"):
        Canvas(width=width, height=height)


@pytest.mark.parametrize("fps", [24, 30, 60, 0])
def test_rates_off_the_grid_are_refused(fps: int) -> None:
    with pytest.raises(ValueError, match="25 and 50"):
        Canvas(width=2, height=2, fps=fps)
