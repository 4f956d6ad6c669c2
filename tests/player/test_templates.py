"""Templates name only what is filled in."""

import re

import pytest

from player import templates
from player.catalogue import catalogue

VALUES = {
    "FRAME": {"language", "title", "icon", "shows", "style", "script", "kind", "body", "switch"},
    "WATCH": {"title", "home", "channel", "playlist", "worker", "tries", "trial"},
    "TRIES": set(),
    "TRIAL": {"told", "measure"},
    "INDEX": {"listed", "said"},
    "CODE_WRONG": set(),
    "CODE_LATER": set(),
    "CHANNEL": {"address", "title"},
    "NO_CHANNELS": set(),
    "UNKNOWN": {"home", "said"},
    "UNKNOWN_SAID": set(),
    "SAID": {"title", "key", "hint", "values", "words", "hint_words"},
    "SITE": {"site"},
    "ELSEWHERE": set(),
    "ELSEWHERE_SAID": set(),
    "HANDED": {"start", "end", "documents"},
}


@pytest.mark.parametrize("name", VALUES)
def test_each_name_is_a_value_or_a_word_of_the_catalogue(name: str) -> None:
    names = set(re.findall(r"\$(\w+)", getattr(templates, name)))
    words = {f"t_{key}" for key in catalogue().words}
    assert names - words == VALUES[name]


def test_each_attribute_that_takes_a_value_is_quoted() -> None:
    """T-31: an unquoted attribute would end at the first blank of a title."""
    for name in VALUES:
        assert not re.search(r"=\$", getattr(templates, name)), name
