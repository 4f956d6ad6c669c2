"""Each child of root gets a user of its own."""

from desk.stranger import NOBODY, stranger

WHOLE = "         0          0 4294967295\n"


def test_children_and_their_parents_have_numbers_of_their_own() -> None:
    numbers = {stranger(parent, count, WHOLE) for parent in (7, 8, 2**22 - 1) for count in range(64)}
    assert len(numbers) == 3 * 64
    assert all(number is not None and 1_879_048_192 <= number < 2**31 for number in numbers)


def test_where_such_numbers_are_unknown_it_is_nobody_or_no_one() -> None:
    """A container may know no more than 65,536 users, or one."""
    assert stranger(7, 0, "0 100000 65536\n") == NOBODY
    assert stranger(7, 0, "0 1000 1\n1 100000 65536\n") == NOBODY
    assert stranger(7, 0, "0 1000 1\n") is None
