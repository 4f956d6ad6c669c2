import pytest

from flow.rules import LONGEST, LONGEST_BLEND, Rules


def test_the_defaults_are_those_for_conferences() -> None:
    """F-04, F-18: loss 1 s, black 2 s, frozen and silent 10 s, back after 3 s, one switch in 10 s."""
    rules = Rules()
    assert (rules.loss, rules.black, rules.frozen, rules.health, rules.pause) == (25, 50, 250, 75, 250)
    assert (rules.held, rules.blend) == (25, 0)
    assert not rules.stays


@pytest.mark.parametrize(("name", "most"), [("loss", LONGEST), ("pause", LONGEST), ("blend", LONGEST_BLEND)])
def test_times_that_make_no_sense_are_refused(name: str, most: int) -> None:
    Rules(**{name: most})
    for wrong in (-1, most + 1):
        with pytest.raises(ValueError, match=f"rule {name}"):
            Rules(**{name: wrong})
