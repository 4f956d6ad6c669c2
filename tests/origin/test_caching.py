"""The table of headers."""

import pytest

from flow.ids import RenditionId
from flow.ladder import AUDIO, CAPTIONS
from flow.thumbnail import THUMBNAILS
from origin.caching import Kind, content_type, failure_headers, headers_of, lifetime


@pytest.mark.parametrize(("kind", "two", "four"), [
    (Kind.MULTIVARIANT, 1, 1), (Kind.PLAYLIST, 1, 2), (Kind.BLOCKING_PLAYLIST, 12, 24), (Kind.SEGMENT, 12, 24),
    (Kind.PART, 12, 24), (Kind.TS, 12, 24), (Kind.INIT, 86_400, 86_400),
])
def test_lifetimes_follow_the_target_duration(kind: Kind, two: int, four: int) -> None:
    assert (lifetime(kind, 2), lifetime(kind, 4)) == (two, four)


def test_a_lifetime_is_never_less_than_the_second_that_max_age_knows() -> None:
    assert all(lifetime(kind, 1) >= 1 for kind in Kind)


def test_media_types_follow_the_kind() -> None:
    assert content_type(Kind.PLAYLIST) == "application/vnd.apple.mpegurl"
    assert content_type(Kind.INIT, RenditionId("v720")) == "video/mp4"
    assert content_type(Kind.INIT, AUDIO) == "audio/mp4"
    assert content_type(Kind.PART, AUDIO) == "video/iso.segment"
    assert content_type(Kind.TS, RenditionId("ts-v720")) == "video/mp2t"


@pytest.mark.parametrize("kind", list(Kind))
def test_every_answer_may_be_read_by_every_page_and_guessed_at_by_none(kind: Kind) -> None:
    headers = headers_of(kind, 2)
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Access-Control-Expose-Headers"] == "Age, Date, Content-Length"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_only_what_has_two_encodings_varies() -> None:
    assert headers_of(Kind.BLOCKING_PLAYLIST, 2)["Vary"] == "Accept-Encoding"
    assert "Vary" not in headers_of(Kind.PART, 2)
    assert headers_of(Kind.PART, 2)["Accept-Ranges"] == "bytes"


def test_refusals_are_short_lived_and_a_busy_one_says_when_to_come_again() -> None:
    assert failure_headers(404)["Cache-Control"] == "max-age=1"
    assert failure_headers(500)["Cache-Control"] == "no-store"
    assert failure_headers(503)["Retry-After"] == "1"
    assert "Retry-After" not in failure_headers(404)


def test_captions_are_text_that_is_sent_gzipped_or_not() -> None:
    assert content_type(Kind.SEGMENT, CAPTIONS) == content_type(Kind.PART, CAPTIONS) == "text/vtt"
    assert headers_of(Kind.PART, 2, CAPTIONS)["Vary"] == "Accept-Encoding"


def test_thumbnails_are_pictures_and_what_lists_them_as_sprites_is_text() -> None:
    assert content_type(Kind.SEGMENT, THUMBNAILS) == content_type(Kind.PART, THUMBNAILS) == "image/jpeg"
    headers = headers_of(Kind.SPRITES, 10, THUMBNAILS)
    assert (headers["Content-Type"], headers["Cache-Control"]) == ("text/vtt", "max-age=5")
    assert headers["Vary"] == "Accept-Encoding"
