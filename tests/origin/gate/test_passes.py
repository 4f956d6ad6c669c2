"""Who came in within this second comes in, as long as nothing has changed."""

from origin.gate.passes import LASTS, MOST, Pass, Passes

ONE, KEY = Pass("xa-1", 7), ("token", "hop", "10.0.0.1")


def test_a_pass_lasts_for_the_second_and_for_what_it_was_given_for() -> None:
    passes = Passes()
    assert passes.of(KEY, 1, 1_000) is None
    passes.keep(KEY, ONE)
    assert passes.of(KEY, 1, 1_000 + LASTS - 1) is ONE
    for other in (("other", *KEY[1:]), ("token", "kin", "10.0.0.1"), ("token", "hop", None)):
        assert passes.of(other, 1, 1_001) is None
    assert passes.of(KEY, 1, 1_000 + LASTS) is None


def test_when_anybody_may_be_shut_out_everybody_is_judged_anew() -> None:
    """T-15, T-16."""
    passes = Passes()
    passes.of(KEY, 1, 1_000)
    passes.keep(KEY, ONE)
    assert passes.of(KEY, 2, 1_001) is None
    assert passes.of(KEY, 1, 1_002) is None


def test_there_are_only_so_many() -> None:
    passes = Passes()
    passes.of(KEY, 1, 1_000)
    for number in range(MOST + 1):
        passes.keep((f"{number}", "hop", None), ONE)
    assert passes.of(KEY, 1, 1_001) is None
    assert passes.of(("0", "hop", None), 1, 1_001) is None
