"""Counts of what viewers ask for."""

from origin.viewers import ViewerCounts, Viewers


def test_answers_and_bytes_add_up() -> None:
    viewers = Viewers()
    viewers.answered(100)
    viewers.answered(0)
    assert viewers.snapshot() == ViewerCounts(answers=2, bytes=100, waiting=0, most_waiting=0)


def test_waiting_is_counted_while_it_lasts_and_its_peak_is_kept() -> None:
    viewers = Viewers()
    viewers.came()
    viewers.came()
    assert viewers.waiting == 2
    viewers.left()
    viewers.left()
    assert viewers.snapshot() == ViewerCounts(answers=0, bytes=0, waiting=0, most_waiting=2)
