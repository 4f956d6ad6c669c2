"""Entries as people and spreadsheets read them."""

from typing import Any

import pytest

from desk.audit.chain import Head, linked
from desk.audit.text import COLUMNS, entries, joined, line_of, rows_of

AT = 1_795_309_323_000_000_000
ASKED = {
    "what": "PATCH /api/v1/channels/{name}", "at": AT, "who": "=lan()", "from": "127.0.0.1", "why": "\x1b[2Jmic",
    "channel": "hop", "on": {"name": "hop"}, "asked": {"delay": 900},
}
ENDED = {"what": ASKED["what"], "at": AT + 1, "of": 1, "channel": "hop", "status": 200, "changed": "delay 900 ms"}


def lines() -> list[str]:
    head, first = linked(Head(), ASKED)
    head, second = linked(head, ENDED)
    return [first, "broken", second, linked(head, {"at": AT + 2, "channel": "thu"})[1]]


def numbers(**words: Any) -> list[int]:
    return [entry["number"] for entry, _ in entries(lines(), **words)]


def test_they_are_chosen_by_time_and_channel() -> None:
    assert numbers() == [1, 2, 3]
    assert numbers(since_ns=AT + 1) == [2, 3]
    assert numbers(channel="hop") == [1, 2]


def test_each_is_one_line_that_moves_no_cursor() -> None:
    """T-33."""
    told = [line_of(entry) for entry, _ in entries(lines())]
    assert all(line.isprintable() for line in told)
    assert "change a channel  hop, delay 900  =lan() from 127.0.0.1 because “" in told[0]
    assert told[1].endswith("change a channel, which is entry 1: done, delay 900 ms")


def test_a_change_and_how_it_ended_are_one_line() -> None:
    told = [line_of(entry, ended=ended) for entry, ended in joined(entries(lines()))]
    assert len(told) == 2
    assert told[0].endswith("mic”: done, delay 900 ms")
    (alone,) = [line_of(entry, ended=ended) for entry, ended in joined(entries(lines()[2:3]))]
    assert "which is entry 1" in alone


@pytest.mark.parametrize(("entry", "words"), [
    ({"what": "POST /api/v1/session", "signed": "", "who": "lan", "status": 401}, "  lan from 127.0.0.1: ref"),
    ({"what": "POST /api/v1/session", "signed": "lan", "who": "lan", "status": 201}, "lan from 127.0.0.1: done"),
    ({"what": "POST /api/v1/sites", "signed": "", "who": "lan"}, "add a site  lan (local) from 127.0.0.1"),
    ({"what": "POST /api/v1/later", "asked": {"to": "10:00", "invite": ["region:01"]}},
     "POST /api/v1/later  to 10:00, invite [\"region:01\"]  somebody from 127.0.0.1"),
])
def test_who_it_was_and_what_is_said_in_words(entry: dict[str, Any], words: str) -> None:
    assert words in line_of({"number": 1, "at": AT, "from": "127.0.0.1"} | entry)


def test_no_cell_is_a_formula() -> None:
    """T-35."""
    rows = rows_of(entries(lines()))
    assert rows[0] == list(COLUMNS)
    assert rows[1][COLUMNS.index("who")] == "'=lan()"
    assert rows[1][COLUMNS.index("time")].startswith("2026-11-22T01:02:03")
    assert all(cell.isprintable() for row in rows for cell in row)
