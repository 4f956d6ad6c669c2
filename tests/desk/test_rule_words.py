import pytest

from desk.rule_words import LEVELS, TIMES, rules_from
from flow.errors import OperatorError
from flow.rules import CONFERENCE, Rules


def test_without_a_word_they_are_those_for_conferences() -> None:
    assert rules_from(()) == CONFERENCE


def test_times_are_seconds_and_levels_are_levels() -> None:
    made = rules_from(("black=3", "frozen=20", "blend=0.2", "quiet=-50", "dark=40", "moved-share=0.01"))
    assert made == Rules(black=75, frozen=500, blend=5, quiet_dbfs=-50.0, dark=40, moved_share=0.01)
    assert type(made.dark) is int


def test_each_word_is_a_field() -> None:
    for name in TIMES:
        assert getattr(rules_from((f"{name}=0.4",)), name) == 10
    for name, (field, _, most) in LEVELS.items():
        assert getattr(rules_from((f"{name}={most}",)), field) == most


def test_what_becomes_of_a_feed_alone_is_a_word() -> None:
    assert rules_from(("alone=keep", "black=3")) == Rules(stays=True, black=75)
    assert rules_from(("alone=keep", "alone=slate")) == CONFERENCE


@pytest.mark.parametrize(("text", "sentence"), [
    ("alone=stay", "Write alone=slate or alone=keep"), ("alone", "none of slate, keep"),
    ("alon=keep", "Did you mean “alone”"),
    ("blak=3", "Did you mean “black”"), ("black", "is not a number"), ("black=x", "is not a number"),
    ("black=nan", "is not a number"), ("black=inf", "is not a number"), ("black=-1", "between 0 and 3600"),
    ("blend=0.5", "between 0 and 0.4"), ("quiet=5", "between -120 and 0"), ("dark=256", "between 0 and 255"),
])
def test_nonsense_is_refused_with_the_way_out(text: str, sentence: str) -> None:
    """T-28."""
    with pytest.raises(OperatorError) as caught:
        rules_from((text,))
    assert sentence in str(caught.value)
