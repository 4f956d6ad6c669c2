"""A channel's slates: its own, and the schedule's."""

from dataclasses import replace

from flow.canvas import Canvas
from flow.curtain import Curtain
from ingest.pictures.slates import Slates

SMALL = Canvas(width=426, height=240)
WORDS = Curtain(key="rehearsal:p1", down=True, title="Giao ban", vi="Sắp", en="Soon", counts_to_s=9, tone=True)


def test_the_one_that_is_turned_to_is_up_with_its_sound() -> None:
    slates = Slates(SMALL, "Kênh")
    own = slates.picture(1_000)
    assert (slates.sound(0), slates.toned) == (None, False)
    slates.draw(WORDS)
    assert slates.picture(1_000) is own
    slates.turn(WORDS)
    assert bytes(slates.picture(1_000)) != bytes(own)
    assert slates.toned
    assert any(slates.sound(1) or b"")
    slates.turn(None)
    assert bytes(slates.picture(1_000)) == bytes(own)
    assert slates.sound(1) is None


def test_words_are_drawn_once_however_often_they_are_said() -> None:
    slates = Slates(SMALL, "Kênh")
    slates.turn(WORDS)
    shown = slates.picture(1_000)
    slates.turn(replace(WORDS, known_s=5, since_s=6))
    assert slates.picture(1_000) is shown
    for number in range(5):
        slates.turn(replace(WORDS, title=f"Họp {number}"))
        assert slates.picture(1_000) is not shown
