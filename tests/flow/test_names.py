"""Names of media are integers in text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.names import (
    InitName,
    MediaName,
    PartName,
    SegmentName,
    TsName,
    parse_name,
    parse_picture_name,
    parse_text_name,
    picture_name,
    text_name,
)

_NUMBERS = st.integers(0, 999_999_999_999_999)


@given(st.one_of(
    st.builds(InitName, _NUMBERS), st.builds(SegmentName, _NUMBERS, _NUMBERS),
    st.builds(PartName, _NUMBERS, _NUMBERS, st.integers(0, 9_999)),
    st.builds(lambda msn, *runs: TsName.of(msn, runs), _NUMBERS, _NUMBERS, _NUMBERS),
    st.builds(lambda msn, run: TsName.of(msn, [run]), _NUMBERS, _NUMBERS),
    st.builds(
        lambda msn, *runs: TsName.of(msn, runs[:2], runs[2:]), _NUMBERS, *(st.integers(1, 3) for _ in range(4)),
    ),
))
def test_what_is_written_is_read(name: MediaName) -> None:
    assert parse_name(str(name)) == name


@pytest.mark.parametrize("text", [
    "", "1-2", "01-2.m4s", "1-02.m4s", "1-2.m4s\n", "1-2.3.4.m4s", "-1-2.m4s", "1--2.m4s", "init-.mp4",
    "init-01.mp4", "../1-2.m4s", "1-2.m4s/..", "\u0661-2.m4s", "1-2.M4S", "9" * 40 + "-1.m4s", "1-2.00000.m4s",
    "1-2-2.ts", "1-2-03.ts", "1-2-3-4.ts", "1.ts", "1-2.0.ts", "1-2.2.ts",
    "1-2-3.3.ts", "1-2.3-2.3.ts", "1-2.3.4.ts",
])
def test_anything_else_is_no_name(text: str) -> None:
    """T-12: one spelling for each name, and nothing that could be a path."""
    assert parse_name(text) is None


@given(st.text())
def test_a_text_that_is_a_name_is_spelled_as_we_spell_it(text: str) -> None:
    """T-12."""
    name = parse_name(text)
    assert name is None or str(name) == text


def test_a_transport_stream_names_one_run_or_that_of_each_half() -> None:
    assert [str(TsName.of(5, runs)) for runs in ([7], [7, 7], [7, 8], [0, 8])] == [
        "5-7.ts", "5-7.ts", "5-7-8.ts", "5-0-8.ts",
    ]


@given(st.one_of(
    st.builds(SegmentName, _NUMBERS, _NUMBERS), st.builds(PartName, _NUMBERS, _NUMBERS, st.integers(0, 9_999)),
))
def test_captions_have_an_ending_of_their_own(name: SegmentName | PartName) -> None:
    assert text_name(name).endswith(".vtt")
    assert parse_text_name(text_name(name)) == name
    assert parse_name(text_name(name)) is None
    assert parse_text_name(str(name)) is None


@pytest.mark.parametrize("text", ["", ".vtt", "init-1.vtt", "1-2.ts.vtt", "1-2.m4s.vtt", "01-2.vtt", "1-2.vtt\n"])
def test_anything_else_is_no_name_of_captions(text: str) -> None:
    """T-12."""
    assert parse_text_name(text) is None


@given(st.one_of(
    st.builds(SegmentName, _NUMBERS, _NUMBERS), st.builds(PartName, _NUMBERS, _NUMBERS, st.integers(0, 9_999)),
))
def test_thumbnails_have_an_ending_of_their_own(name: SegmentName | PartName) -> None:
    assert picture_name(name).endswith(".jpg")
    assert parse_picture_name(picture_name(name)) == name
    assert parse_name(picture_name(name)) is None
    assert parse_picture_name(str(name)) is None


@pytest.mark.parametrize("text", ["", ".jpg", "init-1.jpg", "1-2.ts.jpg", "1-2.m4s.jpg", "01-2.jpg", "1-2.jpg\n"])
def test_anything_else_is_no_name_of_a_thumbnail(text: str) -> None:
    """T-12."""
    assert parse_picture_name(text) is None
