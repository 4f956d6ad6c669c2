import pytest

from flow.errors import MediaError
from flow.timebase import GOP
from packager.ts.piece import Piece, contents_of
from packager.ts.segment import segment_of
from packager.ts.size import bytes_of, picture_packets, sound_packets
from tests.packager.ts.media import encoded, recorded_piece
from tests.recorded.builder import EPOCH


@pytest.mark.parametrize("pieces", [
    (recorded_piece(EPOCH), recorded_piece(EPOCH + GOP)), encoded(EPOCH, 4)[:2],
])
def test_what_is_foretold_is_hardly_more_than_what_is_made(pieces: tuple[Piece, ...]) -> None:
    pictures = sum(picture_packets(piece.picture) for piece in pieces)
    foretold = bytes_of(pictures, sum(sound_packets(piece.sound) for piece in pieces))
    made = len(segment_of(contents_of(EPOCH, pieces, 256, 144)))
    assert made <= foretold <= made * 1.02 + 16 * 188


def test_a_malformed_segment_is_refused() -> None:
    with pytest.raises(MediaError):
        picture_packets(b"12345")
    with pytest.raises(MediaError):
        sound_packets(b"12345")
