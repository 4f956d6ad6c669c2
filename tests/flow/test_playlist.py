"""Playlists ready to send."""

import gzip

from flow.playlist import Body, Edge


def test_equal_text_gives_equal_bytes_and_tag() -> None:
    assert Body.of("#EXTM3U\n") == Body.of("#EXTM3U\n")
    assert Body.of("#EXTM3U\n").etag != Body.of("#EXTM3U\n\n").etag


def test_the_gzipped_body_is_the_plain_one() -> None:
    body = Body.of("Kênh thử\n" * 50)
    assert gzip.decompress(body.gzipped) == body.plain
    assert body.plain.decode() == "Kênh thử\n" * 50


def test_the_tag_is_strong_and_quoted() -> None:
    tag = Body.of("x").etag
    assert tag.startswith('"')
    assert tag.endswith('"')
    assert not tag.startswith("W/")


def test_edges_compare_by_segment_then_part() -> None:
    assert Edge(5, 2) < Edge(6, 0) < Edge(6, 1)
