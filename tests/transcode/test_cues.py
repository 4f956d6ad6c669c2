"""What was said in which tick is found again in the cues, whatever was said."""

import html
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.timebase import TICK
from tests.line.captions import SeenCue, cues_in, head_of
from transcode.cues import BRIDGE, blocks_of, bridged, cues_of

ORIGIN = 934_000_000 * 92_160
LETTER = st.characters(min_codepoint=32, exclude_categories=["C", "Z"]) | st.sampled_from("<>&- ")
LINE = st.text(LETTER, min_size=1)
TEXT = st.lists(LINE.filter(str.strip), min_size=1, max_size=4).map("\n".join)
TEXTS = st.lists(st.sampled_from(["", "", "một", "hai"]) | TEXT, max_size=60)


def _written(texts: list[str]) -> list[SeenCue]:
    return cues_in(head_of(ORIGIN) + blocks_of(cues_of(texts, ORIGIN)).decode().lstrip("\n"), ORIGIN)


@given(TEXTS)
def test_each_ticks_text_is_found_in_the_cue_of_its_time_and_silence_in_none(texts: list[str]) -> None:
    cues = _written(texts)
    for at, text in enumerate(texts):
        place = ORIGIN + at * TICK
        standing = [html.unescape(cue.text) for cue in cues if cue.start <= place < cue.end]
        assert standing == ([text] if text else [])
    assert all(before.end <= after.start for before, after in pairwise(cues))


@given(TEXTS)
def test_only_short_silence_within_one_text_is_gone_over(texts: list[str]) -> None:
    made = bridged(texts)
    assert len(made) == len(texts)
    for at, (before, after) in enumerate(zip(texts, made, strict=True)):
        if before == after:
            continue
        assert not before
        near = texts[max(0, at - BRIDGE) : at], texts[at + 1 : at + BRIDGE + 1]
        assert all(after in side for side in near)


@pytest.mark.parametrize(("texts", "made"), [
    (["a", "", "a"], ["a", "a", "a"]),
    (["a", "", "", "a"], ["a", "a", "a", "a"]),
    (["a", "", "", "", "a"], ["a", "", "", "", "a"]),
    (["a", "", "b", "", "b"], ["a", "", "b", "b", "b"]),
    (["", "a", ""], ["", "a", ""]),
])
def test_one_or_two_empty_ticks_are_bridged(texts: list[str], made: list[str]) -> None:
    assert list(bridged(texts)) == made


def test_nothing_in_a_text_is_taken_for_markup_an_arrow_or_the_end_of_the_cue() -> None:
    """T-31."""
    blocks = blocks_of(cues_of(["<b>a</b> &lt;\n\n00:01 --> 00:02\n "], ORIGIN)).decode()
    assert blocks == (
        "498133:20:00.000 --> 498133:20:00.040\n"
        "&lt;b&gt;a&lt;/b&gt; &amp;lt;\n\N{NO-BREAK SPACE}\n00:01 --&gt; 00:02\n\N{NO-BREAK SPACE}\n\n"
    )


def test_without_a_text_there_is_one_empty_line() -> None:
    assert blocks_of(()) == b"\n"
