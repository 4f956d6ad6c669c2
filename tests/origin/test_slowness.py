from origin.slowness import Slowness

SECOND = 1_000_000_000


def test_a_disk_that_keeps_up_is_not_spoken_of() -> None:
    slowness = Slowness()
    assert [slowness.sentence(behind, at * SECOND) for at, behind in enumerate((0, 10**6, 2 * SECOND))] == [""] * 3


def test_how_far_it_is_behind_and_since_when_is_told_until_it_has_kept_up_for_a_while() -> None:
    """F-21."""
    slowness = Slowness()
    assert slowness.sentence(3 * SECOND, 100 * SECOND).startswith("disk too slow: 3 s behind, for 3 s now;")
    assert slowness.sentence(12 * SECOND, 120 * SECOND).startswith("disk too slow: 12 s behind, for 23 s now;")
    assert slowness.sentence(0, 124 * SECOND).startswith("disk too slow: 0 s behind")
    assert slowness.sentence(0, 126 * SECOND) == ""
