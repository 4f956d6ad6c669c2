"""What an operator has set, on the wire and on the disk."""

import json
from typing import Any

import pytest

from flow.layout import Layout
from flow.standing import NOTHING, Standing


def test_what_is_written_is_read() -> None:
    made = Standing(cut=True, held=1, taken=2, layout=Layout.PIP, text="Hội nghị", played=(0, 3))
    assert Standing.from_json(json.loads(json.dumps(made.to_json()))) == made


@pytest.mark.parametrize("words", [
    None, 5, [], "cut", {}, {"cut": "yes"}, {"held": -1}, {"held": True}, {"taken": "2"}, {"layout": "dance"},
    {"played": 3}, {"played": [True, -1, "x"]}, {"text": 5}, {"text": "a\nb"}, {"novelty": 1}, {"layout": ["pip"]},
])
def test_what_says_nothing_stands_for_nothing(words: Any) -> None:
    assert Standing.from_json(words) == NOTHING
