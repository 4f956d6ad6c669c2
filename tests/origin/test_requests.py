"""Paths become ids and integers, or nothing."""

import pytest
from aiohttp.test_utils import make_mocked_request

from flow.errors import ViewerError
from flow.names import MediaName, PartName, SegmentName
from origin.requests import channel_of, name_of, rendition_of, unknown


def test_good_parts_of_a_path_are_taken() -> None:
    request = make_mocked_request(
        "GET", "/", match_info={"channel": "demo", "rendition": "v720", "name": "5-1.2.m4s"},
    )
    assert (channel_of(request), rendition_of(request)) == ("demo", "v720")
    assert name_of(request) == PartName(5, 1, 2)


@pytest.mark.parametrize("text", ["", "..", "../etc", "Demo", "-x", "a" * 65, "a\0", "a/b", "a\\b", "đ", "a\n"])
def test_everything_else_is_unknown(text: str) -> None:
    """T-12."""
    request = make_mocked_request("GET", "/", match_info={"channel": text, "rendition": text, "name": text})
    for read in (channel_of, rendition_of, name_of):
        with pytest.raises(ViewerError) as refusal:
            read(request)
        assert refusal.value.status == unknown().status == 404


def _name(rendition: str, text: str) -> MediaName:
    return name_of(make_mocked_request("GET", "/", match_info={"rendition": rendition, "name": text}))


def test_captions_have_one_spelling_and_media_another() -> None:
    """T-12: nothing has two addresses."""
    assert _name("captions", "5-1.2.vtt") == PartName(5, 1, 2)
    for rendition, text in (("captions", "5-1.2.m4s"), ("captions", "init-1.mp4"), ("v720", "5-1.2.vtt")):
        with pytest.raises(ViewerError):
            _name(rendition, text)


def test_thumbnails_have_one_spelling_too() -> None:
    assert _name("thumbnails", "5-1.jpg") == SegmentName(5, 1)
    assert _name("thumbnails", "6-1.6.jpg") == PartName(6, 1, 6)
    for rendition, text in (("thumbnails", "5-1.m4s"), ("thumbnails", "init-1.mp4"), ("v720", "5-1.jpg")):
        with pytest.raises(ViewerError):
            _name(rendition, text)
