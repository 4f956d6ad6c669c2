"""Errors carry data, and say one sentence."""

import copy

import pytest

from flow.errors import FeedError, MediaError, OperatorError, ToolError, ViewerError, XacastError


@pytest.mark.parametrize(("error", "sentence"), [
    (OperatorError("the disk is full", "Free some space"), "the disk is full. Free some space."),
    (FeedError("nobody answers at srt://a"), "nobody answers at srt://a"),
    (ToolError("ffmpeg", "no such filter"), "ffmpeg failed: no such filter"),
    (ViewerError(404, "no such part"), "404 no such part"),
])
def test_each_group_says_what_happened_in_one_line(error: XacastError, sentence: str) -> None:
    assert str(error) == sentence
    assert isinstance(error, XacastError)


def test_a_media_error_is_the_encoders_and_says_what_is_wrong() -> None:
    error = MediaError("box 'evil' where a chunk should be")
    assert isinstance(error, ToolError)
    assert str(error) == "encoder failed: box 'evil' where a chunk should be"
    assert str(copy.copy(error)) == str(error)
