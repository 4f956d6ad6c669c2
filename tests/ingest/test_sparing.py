from ingest.sparing import APART_NS, Sparing


def test_what_goes_wrong_in_each_tick_is_told_once_a_second_with_a_count() -> None:
    told, state = [], Sparing()
    for tick in range(51):
        state, times = state.after(7 + tick * 40_000_000)
        told.append(times)
    assert [(at, times) for at, times in enumerate(told) if times] == [(0, 1), (25, 25), (50, 25)]


def test_what_goes_wrong_seldom_is_told_each_time() -> None:
    state = Sparing()
    for at in range(3):
        state, times = state.after(at * APART_NS)
        assert times == 1
