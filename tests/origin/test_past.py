"""What lies before a programme."""

import pytest

from flow.ids import RenditionId
from flow.names import InitName, MediaName, PartName, SegmentName, TsName
from flow.thumbnail import THUMBNAILS
from flow.timebase import GOP, SCALE
from origin.past import is_before

BEGAN = 1_790_000_640  # on the grid of 1.92 s, of 3.84 s and of ten seconds
V720 = RenditionId("v720")
SHORT = BEGAN * SCALE // GOP


@pytest.mark.parametrize(("rendition", "old", "target_duration"), [
    (V720, SegmentName(SHORT - 1, 7), 2),
    (V720, PartName(SHORT - 1, 7, 2), 2),
    (V720, SegmentName(SHORT // 2 - 1, 7), 4),
    (V720, TsName(SHORT // 2 - 1, 7), 2),
    (THUMBNAILS, SegmentName(BEGAN // 10 - 1, 7), 2),
    (THUMBNAILS, PartName(BEGAN // 10 - 6, 7, 6), 2),
])
def test_what_ended_before_it_is_told_from_what_did_not(
    rendition: RenditionId, old: MediaName, target_duration: int,
) -> None:
    """T-14: by the name alone, in every kind of list."""
    assert is_before(BEGAN, rendition, old, target_duration)
    assert not is_before(BEGAN - 1, rendition, old, target_duration)
    assert not is_before(0, rendition, old, target_duration)


def test_an_init_section_belongs_to_every_time() -> None:
    assert not is_before(BEGAN, V720, InitName(7), 2)
