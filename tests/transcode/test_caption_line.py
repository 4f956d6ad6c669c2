"""Captions go along with the chunks of the pictures that they belong to."""

import html

from hypothesis import given
from hypothesis import strategies as st

from flow.chunk import Chunk
from flow.ladder import CAPTIONS
from flow.profile import PROFILES, ProfileName
from flow.timebase import TICK
from tests.line.captions import cues_in, head_of
from tests.transcode.steps import FIRST
from transcode.caption_line import CaptionLine

LOW = PROFILES[ProfileName.LOW]
START = FIRST * TICK


def _line() -> CaptionLine:
    return CaptionLine(run=7, start=START)


def _said(chunk: Chunk, segment: int = LOW.segment) -> list[tuple[int, int, str]]:
    """From which tick to which, counted from the start, and what."""
    origin = chunk.start - chunk.start % segment
    cues = cues_in(head_of(origin) + chunk.body.decode().lstrip("\n"), origin)
    return [((cue.start - START) // TICK, (cue.end - START) // TICK, html.unescape(cue.text)) for cue in cues]


def _chunk(line: CaptionLine, at: int, length: int = LOW.chunk) -> Chunk:
    return line.chunk(START + at * length, START + (at + 1) * length)


def test_a_cue_that_goes_on_is_cut_at_the_end_of_a_chunk_and_repeated_in_the_next() -> None:
    line = _line()
    for index in range(32):
        line.offer("xin chào" if 10 <= index < 30 else "")
    first, second = _chunk(line, 0), _chunk(line, 1)
    assert _said(first) == [(10, 16, "xin chào")]
    assert _said(second) == [(16, 30, "xin chào")]
    assert (second.rendition, second.run, second.start, second.end) == (CAPTIONS, 7, first.end, START + 32 * TICK)


def test_silence_has_a_chunk_too() -> None:
    line = _line()
    for _ in range(16):
        line.offer("")
    assert _chunk(line, 0).body == b"\n"


def test_a_hiccup_over_the_end_of_a_chunk_is_bridged() -> None:
    line = _line()
    for index in range(32):
        line.offer("" if index in {15, 16} else "a")
    assert _said(_chunk(line, 0)) == [(0, 16, "a")]
    assert _said(_chunk(line, 1)) == [(16, 32, "a")]


def test_the_init_section_is_the_same_in_each_run() -> None:
    assert _line().init.body == CaptionLine(run=8, start=START + LOW.segment).init.body


@given(st.sampled_from(list(ProfileName)), st.lists(st.sampled_from(["", "một", "hai\nba", "<&>"]), min_size=96,
                                                    max_size=192), st.integers(0, 60))
def test_every_text_is_in_the_chunk_of_its_tick(name: ProfileName, texts: list[str], ahead: int) -> None:
    """However far the ticks are ahead of the encoder."""
    profile, line = PROFILES[name], _line()
    ticks = profile.chunk // TICK
    given_ticks, found = 0, [""] * len(texts)
    for at in range(len(texts) // ticks):
        until = min(len(texts), (at + 1) * ticks + ahead)
        for text in texts[given_ticks:until]:
            line.offer(text)
        given_ticks = max(given_ticks, until)
        for begin, end, text in _said(_chunk(line, at, profile.chunk), profile.segment):
            found[begin:end] = [text] * (end - begin)
    done = len(texts) // ticks * ticks
    assert all(seen == text for seen, text in zip(found[:done], texts[:done], strict=True) if text)
