"""The place in a feed that is shown."""

import numpy as np
import pytest

from flow.tick import SILENCE
from flow.timebase import TICK
from ingest.playout.pairing import Pairing
from ingest.playout.play_head import PlayHead
from tests.ingest.playing import marked, picture


def _head(ticks: int = 60, per_tick: int = 1) -> tuple[PlayHead, Pairing]:
    pairing = Pairing(per_tick)
    for number in range(ticks):
        pairing.add_sound(marked(number))
    for number in range(min(ticks, 50) * per_tick):
        pairing.add_picture(picture(number))
    return PlayHead(pairing), pairing


def _number(head: PlayHead) -> int:
    return int.from_bytes(bytes(head.read()[-1]), "big")


def test_on_its_own_clock_a_feed_is_passed_on_as_it_came() -> None:
    head, pairing = _head()
    assert head.hear(0)[0] != marked(0)  # it begins after silence
    for number in range(1, 10):
        head.move(0)
        assert head.hear(0)[0] is pairing.sound.tick(number)


def test_pictures_and_sound_move_together() -> None:
    head, _ = _head()
    for number in range(10):
        assert (_number(head), head.place) == (number, number * TICK)
        head.hear(0)
        head.move(0)


@pytest.mark.parametrize("per_tick", [1, 2])
def test_a_picture_is_left_out_when_the_place_has_passed_one(per_tick: int) -> None:
    """At 1 % the fiftieth tick would be half a picture late."""
    head, _ = _head(per_tick=per_tick)
    skews = []
    for _ in range(45):
        head.read()
        skews.append(head.skew * per_tick)
        head.move(30_000)
    assert head.dropped in range(per_tick, 2 * per_tick + 1)
    assert head.repeated == 0
    assert max(map(abs, skews)) <= TICK * 5 // 8 + 60


@pytest.mark.parametrize("per_tick", [1, 2])
def test_a_picture_is_repeated_when_the_place_falls_behind(per_tick: int) -> None:
    head, _ = _head(per_tick=per_tick)
    for _ in range(45):
        head.read()
        head.move(-30_000)
    assert head.repeated in range(per_tick, 2 * per_tick + 1)
    assert head.dropped == 0


def test_at_a_border_pictures_do_not_flicker() -> None:
    head, _ = _head()
    for step in range(40):
        head.read()
        head.move(12_700 if step == 39 // 2 else (100 if step % 2 else -100))
    assert head.repeated + head.dropped == 0


def test_back_on_its_own_clock_it_lands_on_a_whole_sample_and_copies_again() -> None:
    head, pairing = _head()
    head.move(333)
    assert head.hear(333) != SILENCE
    head.hear(0)
    head.move(0)
    start = head.place
    assert (np.frombuffer(head.hear(0)[0], "<i2").reshape(-1, 2) == pairing.sound.cut(start, TICK)).all()
    head.move(0)
    assert head.place == start + TICK


def test_sound_that_is_resampled_needs_a_little_more_than_a_tick() -> None:
    head, _ = _head(1)
    assert head.sounds(0)
    assert not head.sounds(1)


def test_sound_given_up_is_silence_and_comes_back_softly() -> None:
    head, pairing = _head()
    head.hear(0)
    head.move(0)
    pairing.listening = False
    assert head.hear(0)[0] is SILENCE
    pairing.listening = True
    head.move(0)
    assert bytes(head.hear(0)[0])[:4] == bytes(4)
    head.move(0)
    assert head.hear(0)[0] is pairing.sound.tick(3)


def test_the_last_tick_that_is_there_ends_softly() -> None:
    head, _ = _head(1)
    assert bytes(head.hear(0)[0])[-4:] == bytes(4)


def test_a_jump_leaves_out_whole_ticks_and_a_rest_ends_on_one() -> None:
    head, _ = _head()
    head.read()
    head.jump(3 * TICK + 100)
    assert (head.place, _number(head)) == (3 * TICK, 3)
    head.move(500)
    head.rest()
    assert head.place == 5 * TICK
