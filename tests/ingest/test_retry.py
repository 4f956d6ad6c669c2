from ingest.retry import HEALTHY_NS, SHORT_NS, Retry


def _pauses(*lives: tuple[int, bool]) -> list[float]:
    state, pauses = Retry(), []
    for lasted, lived in lives:
        state, pause = state.after(lasted, lived=lived)
        pauses.append(pause)
    return pauses


def test_pauses_grow_to_eight_seconds_and_stay_there() -> None:
    """F-03: a feed that fails at once is not tried in a tight loop."""
    assert _pauses(*[(0, False)] * 7) == [0.5, 1, 2, 4, 8, 8, 8]


def test_ten_healthy_seconds_start_the_pauses_again() -> None:
    assert _pauses(*[(0, False)] * 4, (HEALTHY_NS, True), (0, False)) == [0.5, 1, 2, 4, 0.5, 1]


def test_a_feed_that_hung_for_long_without_a_picture_was_not_healthy() -> None:
    assert _pauses((0, False), (10 * HEALTHY_NS, False)) == [0.5, 1]


def test_a_feed_that_lives_shortly_again_and_again_is_not_healthy() -> None:
    assert _pauses(*[(HEALTHY_NS - 1, True)] * 3) == [0.5, 1, 2]


def test_a_listener_is_back_at_once_after_a_caller_and_within_a_second_always() -> None:
    assert Retry().after(SHORT_NS, lived=True, listens=True) == (Retry(), 0.1)
    state, pauses = Retry(), []
    for _ in range(4):
        state, pause = state.after(0, lived=False, listens=True)
        pauses.append(pause)
    assert pauses == [0.5, 1, 1, 1]


def test_what_kills_decoder_after_decoder_is_tried_once_a_second_at_most() -> None:
    """F-03."""
    state, pauses = Retry(), []
    for _ in range(4):
        state, pause = state.after(SHORT_NS - 1, lived=True, listens=True)
        pauses.append(pause)
    assert pauses == [0.5, 1, 1, 1]
