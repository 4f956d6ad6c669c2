"""Places of a site's devices: who plays keeps his, who has left makes room."""

from hypothesis import given
from hypothesis import strategies as st

from origin.gate.devices import LASTING, Devices


def test_as_many_come_in_as_there_are_places() -> None:
    devices = Devices()
    assert [devices.enters("a", str(number), 2, 0) for number in range(4)] == [True, True, False, False]
    assert devices.enters("b", "2", 2, 0)


def test_who_loads_the_page_anew_comes_back_to_his_place() -> None:
    """T-15: F5, as often as somebody likes, locks nobody out."""
    devices = Devices()
    for now in range(100):
        assert devices.enters("a", "one", 2, now)
    assert devices.enters("a", "two", 2, 100)


def test_a_place_is_kept_for_half_a_minute_and_then_free() -> None:
    devices = Devices()
    devices.enters("a", "one", 1, 0)
    assert not devices.enters("a", "two", 1, LASTING)
    assert devices.enters("a", "one", 1, LASTING)
    assert devices.enters("a", "two", 1, 2 * LASTING + 1)
    assert not devices.enters("a", "one", 1, 2 * LASTING + 2)


def test_with_fewer_places_than_before_nobody_who_plays_is_put_out() -> None:
    devices = Devices()
    assert [devices.enters("a", name, 3, 0) for name in "xyz"] == [True] * 3
    assert [devices.enters("a", name, 1, 1) for name in "xyzw"] == [True, True, True, False]


_ASKED = st.tuples(st.sampled_from("uvwxyz"), st.integers(0, LASTING // 2))


@given(st.lists(_ASKED, max_size=60), st.integers(1, 4))
def test_never_do_more_play_within_half_a_minute_than_there_are_places(
    asked: list[tuple[str, int]], most: int,
) -> None:
    devices, now = Devices(), 0
    seen: dict[str, int] = {}
    for name, later in asked:
        now += later
        live = {one for one, at in seen.items() if now - at <= LASTING}
        assert devices.enters("a", name, most, now) == (name in live or len(live) < most)
        if name in live or len(live) < most:
            seen[name] = now


def test_who_watches_is_known_with_where_it_is() -> None:
    devices = Devices()
    devices.enters("a", "one", 2, 0, "10.0.0.1")
    devices.enters("a", "two", 2, 1, "10.0.0.2")
    devices.enters("b", "one", 2, LASTING, "10.0.0.3")
    assert devices.watching(LASTING + 1) == [("a", "10.0.0.2"), ("b", "10.0.0.3")]
