"""Settings of single feeds reach the feed that was meant, and nonsense is refused with the way out."""

from dataclasses import replace

import pytest

from desk.numbered_words import with_numbered
from flow.errors import OperatorError
from flow.layout import Role
from tests.desk.samples import FEED

FEEDS = (FEED, FEED, replace(FEED, role=Role.SLIDES))


def test_numbers_count_from_one() -> None:
    first, second, slides = with_numbered(FEEDS, {"cold": ["2"], "trim": ["1=-80", "2=200"]})
    assert (first.cold, first.trim_ms) == (False, -80)
    assert (second.cold, second.trim_ms) == (True, 200)
    assert slides == FEEDS[2]


def test_nothing_said_changes_nothing() -> None:
    assert with_numbered(FEEDS, {}) == FEEDS


@pytest.mark.parametrize(("words", "sentence"), [
    ({"cold": ["4"]}, "no feed 4"),
    ({"cold": ["0"]}, "no feed 0"),
    ({"cold": ["-1"]}, "no feed -1"),
    ({"cold": ["srt"]}, "no feed srt"),
    ({"cold": ["99999999999999999999"]}, "no feed 9999"),
    ({"cold": ["1", "1"]}, "said twice of feed 1"),
    ({"cold": ["1=yes"]}, "Write cold N"),
    ({"cold": ["3"]}, "feed 3 brings the slides"),
    ({"trim": ["1"]}, "Write trim N=MS"),
    ({"trim": ["1="]}, "Write trim N=MS"),
    ({"trim": ["1=soon"]}, "says nothing"),
    ({"trim": ["1=2001"]}, "-2000 to 2000"),
    ({"trim": ["1=-2001"]}, "-2000 to 2000"),
    ({"trim": ["1=80", "1=90"]}, "said twice"),
    ({"sound": ["1=a"]}, "Write sound N=S,…"),
    ({"sound": ["3=1"]}, "feed 3 brings the slides"),
    ({"cald": ["1"]}, "Did you mean “cold”?"),
    ({"warm": ["1"]}, "no setting “warm”"),
])
def test_nonsense_is_refused_with_the_way_out(words: dict[str, list[str]], sentence: str) -> None:
    """T-28: unknown means refused."""
    with pytest.raises(OperatorError) as caught:
        with_numbered(FEEDS, words)
    assert sentence in str(caught.value)
