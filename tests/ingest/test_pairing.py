"""Pictures and sound, joined by count."""

from flow.tick import SILENCE, SOUND_BYTES
from ingest.pairing import AHEAD, FIRST_PICTURE, PATIENCE, ROOM, Pairing


def _picture(number: int) -> bytes:
    return number.to_bytes(4, "big")


def _sound(number: int) -> bytes:
    return number.to_bytes(4, "big") * (SOUND_BYTES // 4)


def _shown(pairing: Pairing) -> list[tuple[bytes, bytes]]:
    shown = []
    while content := pairing.take():
        shown.append((bytes(content.pictures[0]), bytes(content.sound)))
    return shown


def test_the_nth_picture_goes_with_the_nth_sound_however_they_arrive() -> None:
    pairing = Pairing(1)
    for number in range(5):
        pairing.add_picture(_picture(number))
    assert pairing.take() is None
    for number in range(5):
        pairing.add_sound(_sound(number))
    assert _shown(pairing) == [(_picture(number), _sound(number)) for number in range(5)]


def test_at_fifty_frames_a_tick_has_two_pictures() -> None:
    pairing = Pairing(2)
    for number in range(3):
        pairing.add_picture(_picture(number))
    pairing.add_sound(_sound(0))
    pairing.add_sound(_sound(1))
    assert pairing.depth == 1
    content = pairing.take()
    assert content is not None
    assert content.pictures == (_picture(0), _picture(1))
    assert pairing.take() is None
    pairing.add_picture(_picture(3))
    content = pairing.take()
    assert content is not None
    assert content.sound == _sound(1)


def test_after_twelve_ticks_of_pictures_alone_silence_is_used() -> None:
    """F-13: the sound vanishes, the picture goes on."""
    pairing = Pairing(1)
    for number in range(PATIENCE):
        pairing.add_picture(_picture(number))
        assert pairing.depth == 0
    pairing.add_picture(_picture(PATIENCE))
    assert _shown(pairing) == [(_picture(number), SILENCE) for number in range(PATIENCE + 1)]


def test_sound_that_is_late_but_steady_is_waited_for() -> None:
    pairing = Pairing(1)
    shown = []
    for number in range(200):
        pairing.add_picture(_picture(number))
        if number < 5:
            pairing.add_sound(_sound(number))
        elif number >= 35:
            pairing.add_sound(_sound(number - 30))
        shown += _shown(pairing)
    assert [sound for _, sound in shown[-100:]] != [SILENCE] * 100
    assert all(sound in (SILENCE, picture * (SOUND_BYTES // 4)) for picture, sound in shown)
    assert shown[-1] == (_picture(169), _sound(169))


def test_sound_that_is_more_than_two_seconds_late_is_given_up_and_the_picture_goes_on() -> None:
    pairing = Pairing(1)
    shown = 0
    for number in range(400):
        pairing.add_picture(_picture(number))
        if number >= 80:
            pairing.add_sound(_sound(number - 80))
        shown += len(_shown(pairing))
    assert shown > 250


def test_sound_that_comes_after_silence_was_used_is_thrown_away_so_lips_stay_in_step() -> None:
    """F-13: after the return each sound goes with its own picture."""
    pairing = Pairing(1)
    late = PATIENCE + 3
    for number in range(late):
        pairing.add_picture(_picture(number))
    assert [sound for _, sound in _shown(pairing)] == [SILENCE] * late
    for number in range(late + 5):
        pairing.add_sound(_sound(number))
    for number in range(late, late + 5):
        pairing.add_picture(_picture(number))
    assert _shown(pairing) == [(_picture(number), _sound(number)) for number in range(late, late + 5)]


def test_a_feed_known_to_have_no_sound_waits_for_none_and_owes_none() -> None:
    pairing = Pairing(1)
    pairing.add_picture(_picture(0))
    assert pairing.take() is None
    pairing.without_sound()
    assert _shown(pairing) == [(_picture(0), SILENCE)]


def test_two_seconds_are_kept_and_the_oldest_tick_goes_first() -> None:
    pairing = Pairing(1)
    for number in range(ROOM + 7):
        pairing.add_picture(_picture(number))
        pairing.add_sound(_sound(number))
    assert pairing.dropped == 7
    assert pairing.pictures == ROOM
    assert _shown(pairing)[0] == (_picture(7), _sound(7))


def test_pictures_without_sound_do_not_pile_up_either() -> None:
    pairing = Pairing(1)
    for number in range(10 * ROOM):
        pairing.add_picture(_picture(number))
    assert pairing.pictures == ROOM


def test_sound_far_ahead_of_a_picture_that_has_begun_is_torn() -> None:
    pairing = Pairing(1)
    pairing.add_picture(_picture(0))
    pairing.add_sound(_sound(0))
    assert _shown(pairing)
    for number in range(AHEAD - 1):
        pairing.add_sound(_sound(number))
    assert not pairing.torn
    pairing.add_sound(_sound(AHEAD))
    assert pairing.torn


def test_a_key_picture_may_be_a_minute_away_while_the_sound_is_there() -> None:
    """F-16."""
    pairing = Pairing(1)
    for number in range(FIRST_PICTURE):
        pairing.add_sound(_sound(number))
    assert not pairing.torn
    for number in range(FIRST_PICTURE):
        pairing.add_picture(_picture(number))
        assert not pairing.torn
    assert _shown(pairing)[-1] == (_picture(FIRST_PICTURE - 1), _sound(FIRST_PICTURE - 1))


def test_sound_without_pictures_does_not_pile_up() -> None:
    pairing = Pairing(1)
    for number in range(2 * FIRST_PICTURE):
        pairing.add_sound(_sound(number))
    assert pairing.torn
    for number in range(10 * ROOM):
        pairing.add_picture(_picture(number))
    assert pairing.pictures <= ROOM
    assert len(_shown(pairing)) <= FIRST_PICTURE


def test_while_somebody_speaks_the_last_picture_stands_and_each_sound_keeps_its_own_place() -> None:
    """F-16: a picture every two seconds, which the decoder fills up to fifty at once when the next one comes."""
    pairing = Pairing(1)
    shown = []
    for number in range(500):
        pairing.add_sound(_sound(number))
        if number % 50 == 49:
            for place in range(number - 49, number + 1):
                pairing.add_picture(_picture(place))
        if content := pairing.take():
            shown.append((bytes(content.pictures[0]), bytes(content.sound)))
    sounds = [int.from_bytes(sound[:4], "big") for _, sound in shown]
    assert sounds == list(range(sounds[0], sounds[0] + len(sounds)))
    assert len(shown) > 440
    pictures = [int.from_bytes(picture, "big") for picture, _ in shown]
    assert pictures == sorted(pictures)
    assert max(sound - picture for sound, picture in zip(sounds, pictures, strict=True)) <= 50


def test_before_the_first_picture_sound_alone_shows_nothing() -> None:
    pairing = Pairing(1)
    for number in range(100):
        pairing.add_sound(_sound(number))
    assert pairing.take() is None


def test_at_fifty_frames_a_half_tick_is_not_left_behind() -> None:
    pairing = Pairing(2)
    for number in range(3):
        pairing.add_picture(_picture(number))
    for number in range(10):
        pairing.add_sound(_sound(number))
    assert len(_shown(pairing)) > 1
    for number in range(3, 20):
        pairing.add_picture(_picture(number))
    rest = _shown(pairing)
    assert all(sound == SILENCE or sound[:4] == (int.from_bytes(picture, "big") // 2).to_bytes(4, "big")
               for picture, sound in rest)
