"""Columns of numbers say what a dictionary would."""

from hypothesis import given
from hypothesis import strategies as st

from origin.disk_shelf import DiskShelf

ROWS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 3)), unique=True, max_size=40)


@given(
    rows=ROWS, rising=st.booleans(),
    gone=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 3)), max_size=30),
)
def test_a_shelf_knows_what_was_put_and_not_struck_off(
    rows: list[tuple[int, int]], rising: bool, gone: list[tuple[int, int]],
) -> None:
    shelf, known = DiskShelf(), {}
    for place, (msn, run) in enumerate(sorted(rows) if rising else rows):
        mark = place if place % 2 else None
        shelf.add(msn, run, place * 10, place, mark)
        known[msn, run] = (place * 10, place, mark)
    for msn, run in gone:
        assert shelf.discard(msn, run) == (known.pop((msn, run), None) is not None)
    assert len(shelf) == len(known)
    assert all(shelf.get(*name) == facts for name, facts in known.items())
    assert all(shelf.get(*name) is None for name in gone)
    first = next(iter(known.items()), None)
    assert shelf.oldest() == (None if first is None else (first[0][0], *first[1], first[0][1]))
    assert list(shelf.older_than(20)) == [name for name, facts in known.items() if facts[1] < 20]


def test_what_went_in_front_takes_no_room_for_long() -> None:
    shelf = DiskShelf()
    for msn in range(10_000):
        shelf.add(msn, 1, 1, msn, None)
        if msn >= 100:
            assert shelf.discard(msn - 100, 1)
    assert len(shelf) == 100
    assert shelf.rows < 1_200


def test_times_can_be_moved() -> None:
    shelf = DiskShelf()
    shelf.add(1, 1, 5, 100, None)
    shelf.move(-30)
    assert shelf.get(1, 1) == (5, 70, None)
