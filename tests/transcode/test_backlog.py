from threading import Thread

from flow.tick import SOUND_BYTES, Tick
from transcode.backlog import LIMIT, Backlog, Taken


def tick(index: int) -> Tick:
    return Tick(index=index, pictures=(b"p%d" % index,), sounds=(bytes([index % 256]) * SOUND_BYTES,))


def test_ticks_before_the_first_are_let_go() -> None:
    backlog = Backlog(48)
    assert [backlog.offer(tick(index)) for index in (46, 47, 48)] == [Taken.EARLY, Taken.EARLY, Taken.KEPT]
    assert (backlog.accepted, backlog.depth) == (1, 1)


def test_pictures_and_sound_come_out_in_order() -> None:
    backlog = Backlog(48)
    for index in (48, 49):
        backlog.offer(tick(index))
    assert [backlog.next_pictures(), backlog.next_pictures()] == [(b"p48",), (b"p49",)]
    first, second = backlog.next_sound(), backlog.next_sound()
    assert second == tick(49).sounds[0]
    assert first is not None
    assert bytes(first) == bytes(tick(48).sounds[0])[: len(first)]


def test_only_the_runs_first_sound_misses_the_encoders_priming() -> None:
    backlog = Backlog(48)
    for index in (48, 49):
        backlog.offer(tick(index))
    sizes = [len(sound) for sound in (backlog.next_sound(), backlog.next_sound()) if sound is not None]
    assert sizes == [SOUND_BYTES - 1024 * 4, SOUND_BYTES]


def test_a_missing_tick_is_a_hole() -> None:
    backlog = Backlog(48)
    backlog.offer(tick(48))
    assert backlog.offer(tick(50)) is Taken.HOLE


def test_a_doubled_tick_is_a_hole() -> None:
    backlog = Backlog(48)
    backlog.offer(tick(48))
    assert backlog.offer(tick(48)) is Taken.HOLE
    assert backlog.offer(tick(40)) is Taken.HOLE


def test_a_run_whose_first_tick_never_came_has_a_hole() -> None:
    assert Backlog(48).offer(tick(49)) is Taken.HOLE


def test_two_seconds_fit_and_no_more() -> None:
    backlog = Backlog(0)
    assert {backlog.offer(tick(index)) for index in range(LIMIT)} == {Taken.KEPT}
    assert backlog.offer(tick(LIMIT)) is Taken.FULL
    assert backlog.depth == LIMIT


def test_the_slower_writer_counts() -> None:
    backlog = Backlog(0)
    for index in range(LIMIT):
        backlog.offer(tick(index))
        backlog.next_pictures()
    assert backlog.depth == LIMIT
    assert backlog.offer(tick(LIMIT)) is Taken.FULL


def test_closing_lets_waiting_writers_go() -> None:
    backlog = Backlog(0)
    got: list[object] = []
    threads = [Thread(target=lambda take=take: got.append(take())) for take in
               (backlog.next_pictures, backlog.next_sound)]
    for thread in threads:
        thread.start()
    backlog.close()
    for thread in threads:
        thread.join(5)
    assert got == [None, None]


def test_closing_forgets_what_waited() -> None:
    backlog = Backlog(0)
    backlog.offer(tick(0))
    backlog.close()
    assert (backlog.depth, backlog.next_pictures()) == (0, None)


def test_each_sound_track_waits_for_its_own_writer_and_each_misses_the_priming() -> None:
    backlog = Backlog(48, tracks=2)
    for index in (48, 49):
        both = (bytes([1]) * SOUND_BYTES, bytes([2]) * SOUND_BYTES)
        backlog.offer(Tick(index=index, pictures=(b"p",), sounds=both))
    heard = [bytes(backlog.next_sound(track) or b"") for track in (0, 1, 1, 0)]
    assert [(one[0], len(one)) for one in heard] == [
        (1, SOUND_BYTES - 1024 * 4), (2, SOUND_BYTES - 1024 * 4), (2, SOUND_BYTES), (1, SOUND_BYTES),
    ]
