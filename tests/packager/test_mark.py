"""A mark is one or two tags that say exactly what the operator wrote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow.timebase import SCALE
from packager.mark import LONGEST, Mark
from tests.conformance.playlist import pairs

START = 1_790_000_000 * SCALE + SCALE // 2
BEGINS = '#EXT-X-DATERANGE:ID="mark-1",START-DATE="2026-09-21T14:13:20.500Z"'


def test_a_moment_lasts_nothing() -> None:
    assert Mark(id="mark-1", text="Khai mạc", start=START).lines() == [
        f'{BEGINS},DURATION=0.000,CLASS="mark",X-XACAST-TEXT="Khai mạc"',
    ]


def test_an_open_one_gets_its_end_in_a_second_tag_that_changes_nothing_of_the_first() -> None:
    """RFC 8216bis 4.4.5.1: what both say of one id is the same."""
    opened = Mark(id="mark-1", text="Hỏi đáp", start=START, duration=None, opened=True)
    ended = Mark(id="mark-1", text="Hỏi đáp", start=START, duration=90 * SCALE, opened=True)
    (first,) = opened.lines()
    assert "DURATION" not in first
    assert ended.lines() == [
        first, f"{BEGINS},DURATION=90.000",
    ]
    assert (opened.end, ended.end) == (None, START + 90 * SCALE)


@pytest.mark.parametrize("change", [
    {"text": 'a "b"'}, {"text": "a\n#EXT-X-ENDLIST"}, {"text": "a\u2028b"}, {"text": "{$a}"}, {"text": ""},
    {"text": "a" * (LONGEST + 1)}, {"text": "  "}, {"kind": "a,b"}, {"kind": ""}, {"kind": 'a"'},
    {"duration": -48}, {"start": START + 1}, {"text": "a\x00"},
])
def test_what_could_break_out_of_a_quoted_string_is_no_mark(change: dict[str, object]) -> None:
    """T-13."""
    with pytest.raises(ValueError, match="a mark"):
        Mark(**{"id": "mark-1", "text": "a", "start": START, **change})  # type: ignore[arg-type]


@settings(max_examples=500, deadline=None)
@given(said=st.text(min_size=1, max_size=40), kind=st.text("aZ9._-,\"\n", min_size=1, max_size=9))
def test_what_is_taken_reads_back_as_it_was_written(said: str, kind: str) -> None:
    """T-13."""
    try:
        mark = Mark(id="mark-1", text=said, start=START, kind=kind)
    except ValueError:
        return
    (line,) = mark.lines()
    assert len(line.splitlines()) == 1
    found = pairs(line.partition(":")[2])
    assert (found["X-XACAST-TEXT"].strip('"'), found["CLASS"].strip('"')) == (said, kind)
