from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.timebase import SCALE
from ingest.captions.caption import Cue
from ingest.captions.lines import CaptionLines

SUBRIP = """\
1
00:00:01,000 --> 00:00:02,500
<i>Kính thưa</i> các đồng chí
{\\an8}a < b và <font color="red">đỏ</font>

2
01:00:00,040 --> 01:00:01,000  X1:0 X2:9
3

"""
WEBVTT = """\
WEBVTT - a title

STYLE
::cue { color: red }

NOTE 00:00.000 is no time line

hello
00:01.000 --> 00:02.500 align:start line:0
<v Lan>Kính &amp; thưa</v> <00:00:01.500><c.red>rồi</c>
"""


def _read(text: str, *, entities: bool = False) -> list[Cue]:
    lines = CaptionLines(entities=entities)
    return [*lines.feed(text), *lines.close()]


def test_subrip_is_read_without_its_tags() -> None:
    assert _read(SUBRIP) == [
        Cue(start=SCALE, end=SCALE * 5 // 2, text="Kính thưa các đồng chí\na < b và đỏ"),
        Cue(start=SCALE * 3_600 + SCALE // 25, end=SCALE * 3_601, text="3"),
    ]


def test_webvtt_is_read_without_its_styles_and_settings() -> None:
    assert _read(WEBVTT, entities=True) == [Cue(start=SCALE, end=SCALE * 5 // 2, text="Kính & thưa rồi")]


def test_windows_line_ends_change_nothing() -> None:
    assert _read(SUBRIP.replace("\n", "\r\n")) == _read(SUBRIP)


@pytest.mark.parametrize("times", [
    "00:00:02,000 --> 00:00:02,000", "00:00:02,000 --> 00:00:01,000", "00:00:02 -> 00:00:03", "-00:00:01,0 --> x",
])
def test_a_cue_that_does_not_last_is_none(times: str) -> None:
    assert _read(f"{times}\ntext\n\n") == []


def test_a_cue_is_there_as_soon_as_its_blank_line_is() -> None:
    lines = CaptionLines()
    assert list(lines.feed("1\n00:00:01,000 --> 00:00:02,000\nmột\n")) == []
    assert [cue.text for cue in lines.feed("\n")] == ["một"]


@given(st.lists(st.integers(0, len(SUBRIP)), max_size=20))
def test_cues_are_the_same_however_the_text_is_split(cuts: list[int]) -> None:
    edges, lines = [0, *sorted(cuts), len(SUBRIP)], CaptionLines()
    found = [cue for start, end in pairwise(edges) for cue in lines.feed(SUBRIP[start:end])]
    assert found == _read(SUBRIP)


@given(st.lists(st.one_of(st.text(), st.sampled_from(["\n", "00:00:01,000 --> 00:00:02,000\n", "<i>", "{\\"]))))
def test_no_text_raises_an_error(pieces: list[str]) -> None:
    lines = CaptionLines(entities=True)
    for piece in pieces:
        list(lines.feed(piece))
    list(lines.close())


def test_a_line_without_an_end_fills_no_memory() -> None:
    """T-09."""
    lines = CaptionLines()
    for _ in range(100):
        assert list(lines.feed("x" * 100_000)) == []
    assert len(lines._rest) < 10_000
