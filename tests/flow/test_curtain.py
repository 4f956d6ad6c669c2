"""What the schedule wants of a channel's picture, on the wire and on the disk."""

import json
from dataclasses import replace
from typing import Any

import pytest

from flow.curtain import Curtain
from flow.standing import Standing

MADE = Curtain(
    key="rehearsal:p12", down=True, title="Giao ban", vi="Bắt đầu lúc 08:00", en="Begins at 08:00",
    counts_to_s=1_795_000_000, tone=True, known_s=1_794_000_000, since_s=1_794_999_000,
)


def test_what_is_written_is_read() -> None:
    assert Curtain.from_json(json.loads(json.dumps(MADE.to_json()))) == MADE
    standing = Standing(curtain=MADE, down=True)
    assert Standing.from_json(json.loads(json.dumps(standing.to_json()))) == standing
    assert MADE.state == "rehearsal"


@pytest.mark.parametrize("words", [
    None, 5, [], "x", {"key": 5}, {"title": "a\nb"}, {"vi": "x" * 601}, {"counts_to_s": "8"}, {"known_s": True},
    {"counts_to_s": 1.5}, {"en": ["x"]},
])
def test_what_is_none_is_refused_and_does_not_stand(words: Any) -> None:
    """T-13: no line of it breaks into two."""
    with pytest.raises(ValueError, match="curtain"):
        Curtain.from_json(words)
    assert Standing.from_json({"curtain": words, "down": False}).curtain is None


def test_who_knows_more_goes_before_who_is_later() -> None:
    later = replace(MADE, since_s=MADE.since_s + 9)
    assert replace(MADE, known_s=MADE.known_s + 1).age > later.age > MADE.age
