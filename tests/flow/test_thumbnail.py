import pytest

from flow.canvas import Canvas
from flow.ids import RenditionId
from flow.thumbnail import BLOCK, LENGTH, THUMBNAILS, is_thumbnails, pitch_of, size_of
from flow.timebase import TICK


@pytest.mark.parametrize(("canvas", "size"), [
    ((1920, 1080), (160, 90)), ((1280, 720), (160, 90)), ((1024, 768), (160, 120)), ((128, 72), (128, 72)),
    ((720, 1280), (160, 284)), ((2000, 2), (160, 1)),
])
def test_a_thumbnail_keeps_the_aspect_and_never_grows(canvas: tuple[int, int], size: tuple[int, int]) -> None:
    assert size_of(Canvas(width=canvas[0], height=canvas[1])) == size


def test_places_begin_with_ticks() -> None:
    assert LENGTH % TICK == 0


def test_they_have_an_id_of_their_own() -> None:
    assert is_thumbnails(THUMBNAILS)
    assert not is_thumbnails(RenditionId("v720"))


def test_in_a_sheet_each_begins_with_a_whole_block() -> None:
    assert [pitch_of(height) for height in (1, BLOCK, 90, 120)] == [16, 16, 96, 128]
