"""The same seed wounds in the same way, and nothing of a folder is left out."""

import random
from pathlib import Path

from desk.ffmpeg import find_ffmpeg
from ingest.rtmp.flv_tags import HEADER, tag
from ingest.rtmp.message import Kind, Message
from tests.soak.hostile.pieces import Piece, clips, copied, in_folder, mutated, wounded_for
from tests.soak.hostile.publisher import messages

BODY = bytes(range(256)) * 40


def test_a_seed_wounds_in_its_own_way() -> None:
    made = {"ts": BODY, "mp4": BODY[::-1]}
    first, again, other = (wounded_for(("ts", "mp4"), made, seed) for seed in ("1/7/udp", "1/7/udp", "1/8/udp"))
    assert first == again
    assert first.body != other.body
    assert first.body not in made.values()


def test_a_wounded_body_is_never_empty() -> None:
    assert all(mutated(b"\1", random.Random(seed)) for seed in range(200))


def test_a_folder_is_taken_whole_and_a_segment_with_its_init_section_too(tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    for name, body in (("odd/sei-init.mp4", b"moov"), ("odd/sei.m4s", b"moof"), ("x.TS", b"\x47")):
        (tmp_path / name).write_bytes(body)
    found = {(piece.name.removeprefix(tmp_path.name), piece.ending, piece.body) for piece in in_folder(tmp_path)}
    assert found == {
        ("/odd/sei-init.mp4", "mp4", b"moov"), ("/odd/sei.m4s", "m4s", b"moof"),
        ("/odd/sei.m4s behind its init", "m4s", b"moovmoof"), ("/x.TS", "ts", b"\x47"),
    }


def test_what_can_be_copied_is_and_what_cannot_is_left_out(tmp_path: Path) -> None:
    ffmpeg = find_ffmpeg("").path
    made = clips(tmp_path, ffmpeg)
    film = copied(Piece(name="film", ending="mp4", body=made["mp4"]), "mpegts", ffmpeg, tmp_path)
    assert film is not None
    assert (film.ending, film.body[0], film.body[188]) == ("ts", 0x47, 0x47)
    assert copied(Piece(name="page", ending="mp4", body=b"<html>"), "mpegts", ffmpeg, tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_publisher_sends_tags_as_they_are_and_anything_else_as_pictures() -> None:
    sent = [
        Message(kind=Kind.VIDEO, body=b"\x17\0pic", timestamp=1 << 25, stream=1),
        Message(kind=Kind.AUDIO, body=b"\xaf\1", timestamp=40, stream=1),
    ]
    film = HEADER + b"".join(map(tag, sent))
    assert list(messages(Piece(name="", ending="flv", body=film))) == sent
    cut = list(messages(Piece(name="", ending="flv", body=film[:-8])))
    assert cut[0] == sent[0]
    rubbish = list(messages(Piece(name="", ending="ts", body=bytes(70_000))))
    assert [(one.kind, len(one.body)) for one in rubbish] == [(Kind.VIDEO, 65_535), (Kind.VIDEO, 4_465)]
