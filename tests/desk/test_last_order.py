"""Who is behind a channel's mode."""

from typing import Any

import pytest

from desk.event_text import EventWords
from desk.last_order import last_order
from flow.event import EventKind
from flow.timebase import TICK, utc_text
from tests.desk.samples import event

WORDS = EventWords.load()
SECOND = 1_000_000_000


def log(*happened: tuple[EventKind, str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [  # newest first
        WORDS.record(event(at * SECOND, kind, who=who, data=data)) for at, (kind, who, data) in enumerate(happened)
    ][::-1]


RECORDS = log(
    (EventKind.CUT, "hoa", {}), (EventKind.TAKE_LATER, "lan", {"feed": 2}),
    (EventKind.TAKE, "", {"how": "awaited"}), (EventKind.HOLD, "", {}), (EventKind.CUT, "lan", {}),
    (EventKind.STARTED, "", {}), (EventKind.CUT, "", {"how": "restored"}),
)


@pytest.mark.parametrize(("mode", "who", "second"), [("cut", "lan", 4), ("pinned", "lan", 1), ("hold", "", 3)])
def test_the_last_order_that_leads_there_is_the_one(mode: str, who: str, second: int) -> None:
    assert last_order(RECORDS, mode) == {"who": who, "at": utc_text(second * 25 * TICK)}


def test_where_the_rules_choose_or_the_log_is_too_short_nobody_is_named() -> None:
    assert last_order(RECORDS, "auto") is None
    assert last_order(RECORDS[-3:-1], "cut") is None
    assert last_order([{"id": 1}, {"id": 2, "kind": "cut", "data": None}], "cut") is None
