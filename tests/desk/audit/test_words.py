"""What of a request goes into the audit."""

import json
from typing import Any

import pytest

from desk.audit.book import PAGE
from desk.audit.chain import canonical
from desk.audit.words import HIDDEN, entry_words


def told(asked: object, **others: Any) -> dict[str, Any]:
    return entry_words(**{"query": {}, "match": {}, "path": "/api/v1/channels", "asked": asked, **others})


def test_who_and_why_and_which_channel() -> None:
    words = told({"name": "hop", "who": "lan", "why": "giao ban", "workers": 2})
    assert words == {
        "who": "lan", "why": "giao ban", "on": {}, "channel": "hop", "asked": {"name": "hop", "workers": 2},
    }


def test_a_file_that_is_sent_says_it_in_its_address() -> None:
    words = told(None, query={"who": "lan", "why": "Đắk Lắk", "dry": "0"}, path="/api/v1/sites/import")
    assert (words["who"], words["why"], words["asked"]) == ("lan", "Đắk Lắk", {})


@pytest.mark.parametrize("feed", [
    "srt://10.0.0.5:9000?passphrase=geheim12345", "rtsp://u:geheim12345@h/ch1", "rtmp://h/app/geheim12345",
    "srt:u:geheim12345@h",
])
def test_no_secret_is_in_it(feed: str) -> None:
    """T-11."""
    words = told({"name": "hop", "feeds": [feed], "feed": feed, "password": "geheim12345", "new": ["geheim12345"]})
    assert "geheim" not in json.dumps(words)
    assert words["asked"]["password"] == HIDDEN


def test_what_is_strange_is_shortened_and_stays_plain() -> None:
    """T-33."""
    deep: Any = 1
    for _ in range(50):
        deep = [deep]
    words = told({
        "who": 7, "why": "x" * 900, "title": "\n" * 900, "rules": deep, "delay": 1 << 90, "loudness": float("nan"),
        "tracks": [1] * 900,
    })
    assert len(words["asked"]["title"]) == 513
    assert len(words["why"]) == 200
    assert (words["who"], words["asked"]["delay"], words["asked"]["loudness"]) == ("", HIDDEN, "nan")
    assert len(canonical(words)) < 5_000
    assert told([1])["asked"] == {}


def test_whatever_is_sent_an_entry_is_found_whole_in_a_page() -> None:
    """A line that is longer than a page is read as two broken ones: the chain would look altered for ever."""
    long = ["ơ" * 512] * 64
    words = told({
        "why": "ơ" * 900, "do": "take", "title": long, "labels": [long] * 64, "name": "hop",
        **{f"{at}" + "ơ" * 512: 1 for at in range(64)},
    })
    assert len(canonical(words)) < PAGE // 8
    assert (words["asked"]["do"], words["asked"]["title"], words["asked"]["name"]) == ("take", HIDDEN, "hop")
