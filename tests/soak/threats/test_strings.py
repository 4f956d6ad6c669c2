"""Whatever stands in a field stays there."""

import random

import pytest

from tests.soak.threats.strings import FIELDS, HARMLESS, strayed, tried


@pytest.mark.parametrize("name", FIELDS)
def test_hostile_words_stay_in_their_place(name: str) -> None:
    """T-05: a hundred of the twenty thousand."""
    found = tried(FIELDS[name], random.Random(name), 100)
    assert found.faults == ()
    assert found.counts["refused"] < 100


def test_words_that_stray_are_seen() -> None:
    wanted = ["-i", f"file:{HARMLESS}", "-f"]
    assert strayed(["-i", "file:a b", "-f"], wanted, "file:a b", f"file:{HARMLESS}") == ""
    assert strayed(["-i", "file:a", "b", "-f"], wanted, "file:a b", f"file:{HARMLESS}") == "4 words in place of 3"
    assert strayed(["-y", "file:a b", "-f"], wanted, "file:a b", f"file:{HARMLESS}") == "'-y' in place of '-i'"
