from flow.profile import PROFILES, ProfileName
from flow.thumbnail import LENGTH
from packager.thumbnails.listing import Row, image_text, playlist_of, sprites_text, stream_of

LOW = PROFILES[ProfileName.LOW]
DAY = 86_400 * 48_000 // LENGTH
ROWS = (Row(DAY, 7), Row(DAY + 1, 0), Row(DAY + 2, 9))


def test_each_place_has_its_picture_or_a_gap() -> None:
    assert image_text(ROWS, DAY + 3, LOW).splitlines() == [
        "#EXTM3U", "#EXT-X-VERSION:8", "#EXT-X-TARGETDURATION:10",
        "#EXT-X-SERVER-CONTROL:PART-HOLD-BACK=1.92000", "#EXT-X-PART-INF:PART-TARGET=0.64000",
        "#EXT-X-MEDIA-SEQUENCE:8640",
        "#EXT-X-IMAGES-ONLY", "#EXT-X-PROGRAM-DATE-TIME:1970-01-02T00:00:00.000Z",
        "#EXTINF:10.00000,", "8640-7.jpg", "#EXT-X-GAP", "#EXTINF:10.00000,", "8641-0.jpg",
        "#EXTINF:10.00000,", "8642-9.jpg",
    ]


def test_only_a_list_beside_parts_says_how_far_from_the_live_edge_they_are_played() -> None:
    """Shaka Player would play the media 30 s behind, three pictures, where the pictures say nothing of it."""
    assert "SERVER-CONTROL" not in image_text(ROWS, DAY + 3, PROFILES[ProfileName.CLASSIC])


def test_an_empty_list_says_what_comes_next() -> None:
    text = image_text((), DAY, LOW)
    assert "#EXT-X-MEDIA-SEQUENCE:8640\n" in text
    assert "#EXTINF" not in text


def test_sprites_have_the_times_of_the_media_and_none_for_what_is_missing() -> None:
    assert sprites_text(ROWS, (160, 90)) == (
        "WEBVTT\n\n24:00:00.000 --> 24:00:10.000\n8640-7.jpg#xywh=0,0,160,90\n"
        "\n24:00:20.000 --> 24:00:30.000\n8642-9.jpg#xywh=0,0,160,90\n"
    )


def test_a_whole_minute_of_one_run_is_one_sheet() -> None:
    rows = (*(Row(DAY + at, 7) for at in range(7)), *(Row(DAY + 6 + at, 7 + at // 3) for at in range(1, 6)))
    lines = [line for line in sprites_text(rows, (160, 90)).splitlines() if "#" in line]
    assert lines[:6] == [f"8640-7.6.jpg#xywh=0,{top},160,90" for top in (0, 96, 192, 288, 384, 480)]
    assert lines[6:9] == [f"{8646 + at}-7.jpg#xywh=0,0,160,90" for at in range(3)]
    assert len(lines) == len(rows)


def test_both_texts_belong_to_one_playlist_that_offers_no_part_and_no_delta() -> None:
    playlist = playlist_of(ROWS, DAY + 3, (160, 90), LOW)
    assert playlist.full.plain.decode() == image_text(ROWS, DAY + 3, LOW)
    assert playlist.sprites is not None
    assert playlist.sprites.plain.decode() == sprites_text(ROWS, (160, 90))
    assert (playlist.last_msn, playlist.target_duration, playlist.part_limit) == (DAY + 2, 10, 0)
    assert playlist.delta is None


def test_the_line_of_the_multivariant_playlist() -> None:
    assert stream_of((160, 90)) == (
        '#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=26215,CODECS="jpeg",RESOLUTION=160x90,URI="thumbnails/index.m3u8"'
    )
