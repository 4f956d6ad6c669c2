from dataclasses import replace

import pytest

from flow.errors import MediaError
from flow.timebase import GOP
from packager.ts.adts import HEADER, SILENT_FRAME
from packager.ts.piece import contents_of
from packager.ts.segment import LENGTH
from tests.packager.ts.media import encoded, recorded_piece
from tests.recorded.builder import EPOCH


def test_pieces_follow_each_other() -> None:
    contents = contents_of(EPOCH, (recorded_piece(EPOCH), recorded_piece(EPOCH + GOP)), 256, 144)
    assert [picture.key for picture in contents.pictures] == ([True] + [False] * 47) * 2
    assert len(contents.frames) == 180


def test_pictures_are_decoded_earlier_by_as_many_as_are_held_back() -> None:
    contents = contents_of(EPOCH, encoded(EPOCH, 4)[:2], 256, 144)
    assert {picture.arrives - picture.decoded for picture in contents.pictures} == {2 * 1_920}
    assert all(picture.decoded <= picture.shown for picture in contents.pictures)


def test_where_a_piece_was_lost_there_is_silence() -> None:
    contents = contents_of(EPOCH, (None, recorded_piece(EPOCH + GOP)), 256, 144)
    assert {frame[HEADER:] for frame in contents.frames[:90]} == {SILENT_FRAME}
    assert min(picture.arrives for picture in contents.pictures) == EPOCH + GOP
    assert len(contents.frames) == 180


def test_a_piece_out_of_its_place_is_refused() -> None:
    with pytest.raises(MediaError):
        contents_of(EPOCH, (recorded_piece(EPOCH), recorded_piece(EPOCH + LENGTH)), 256, 144)


def test_a_piece_without_sound_or_picture_is_refused() -> None:
    piece = recorded_piece(EPOCH)
    for broken in (replace(piece, sound=b""), replace(piece, picture=b""), replace(piece, picture=piece.sound)):
        with pytest.raises(MediaError):
            contents_of(EPOCH, (broken, None), 256, 144)


def test_what_is_lost_as_a_whole_is_black_with_two_places_to_begin_at() -> None:
    contents = contents_of(EPOCH, (None, None), 256, 144)
    assert len(contents.pictures) == 92
    assert [at for at, picture in enumerate(contents.pictures) if picture.key] == [0, 46]
    assert contents.pictures[0].body != contents.pictures[46].body
    assert contents.pictures[0].decoded == EPOCH
    assert contents_of(EPOCH + LENGTH, (None, None), 256, 144).pictures[0].decoded > contents.pictures[-1].decoded
