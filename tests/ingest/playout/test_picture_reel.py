"""The pictures that wait."""

import pytest

from ingest.playout.picture_reel import ROOM, PictureReel


def _reel(count: int, per_tick: int = 1) -> PictureReel:
    reel = PictureReel(per_tick)
    for number in range(count):
        assert reel.add(bytes([number])) == number
    return reel


def test_a_picture_is_shown_and_those_before_it_are_gone() -> None:
    reel = _reel(5)
    assert reel.show(2) == b"\x02"
    assert (reel.shown, reel.first, len(reel)) == (2, 3, 2)


def test_one_that_is_not_there_is_the_newest_before_it() -> None:
    reel = _reel(2)
    assert reel.show(9) == b"\x01"
    assert reel.show(10) == b"\x01"
    assert reel.shown == 1


def test_one_that_is_past_is_the_last_shown() -> None:
    reel = _reel(5)
    reel.show(3)
    assert reel.show(1) == b"\x03"
    assert len(reel) == 1


def test_before_the_first_there_is_nothing_to_show() -> None:
    with pytest.raises(IndexError):
        PictureReel(1).show(0)
    assert not PictureReel(1).begun


@pytest.mark.parametrize("per_tick", [1, 2])
def test_two_seconds_are_kept_and_the_oldest_go_first(per_tick: int) -> None:
    reel = _reel(ROOM * per_tick + 7, per_tick)
    assert (reel.first, reel.dropped, len(reel)) == (7, 7, ROOM * per_tick)
