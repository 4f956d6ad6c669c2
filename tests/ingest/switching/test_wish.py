"""What operators and the schedule can wish."""

from ingest.switching.wish import DRESSING, Do, Wish


def test_a_wish_says_nothing_of_what_it_is_not_about() -> None:
    assert Wish(do=Do.CUT) == Wish(do=Do.CUT, feed=0, patient=False, text="", down=None)
    assert not Wish(do=Do.TAKE, feed=1).curtain.down


def test_what_only_changes_how_a_tick_looks_switches_nothing() -> None:
    assert {Do.TAKE, Do.HOLD, Do.RELEASE, Do.CUT, Do.CURTAIN}.isdisjoint(DRESSING)
