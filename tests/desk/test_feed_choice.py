import pytest

from desk.feed_choice import feed_index
from flow.errors import OperatorError

SHOWN = ("srt://10.0.0.5:9000", "srt://10.0.0.6:9000", "testcard:", "/srv/loop.mp4")


@pytest.mark.parametrize(("word", "at"), [
    ("1", 0), ("4", 3), ("0.0.6", 1), ("TESTCARD", 2), ("loop", 3), ("srt://10.0.0.5:9000", 0),
])
def test_a_number_or_a_part_of_the_address_is_enough(word: str, at: int) -> None:
    assert feed_index(word, SHOWN) == at


def test_a_whole_address_wins_over_one_that_it_is_a_part_of() -> None:
    assert feed_index("udp://a:1", ("udp://a:12", "udp://a:1")) == 1


@pytest.mark.parametrize(("word", "sentence"), [
    ("0", "there is no feed 0"), ("5", "there is no feed 5"), ("\u0663", "no feed's address"),
    (":9000", "may be feed 1 or 2"), ("testcart:", "Did you mean “testcard:”?"), ("lopp.mp4", "“loop.mp4”?"),
    ("", "no feed's address"),
])
def test_a_word_that_means_none_or_several_is_refused_with_what_there_is(word: str, sentence: str) -> None:
    with pytest.raises(OperatorError) as caught:
        feed_index(word, SHOWN)
    assert sentence in str(caught.value)
    assert "3 is testcard:" in str(caught.value)
