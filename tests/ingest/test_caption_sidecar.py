from pathlib import Path

import pytest

from flow.errors import FeedError
from flow.timebase import SCALE
from ingest.blocks import Block
from ingest.caption import Cue, Cut
from ingest.caption_sidecar import Sidecar, beside, read_sidecar

SUBRIP = "1\n00:00:03,000 --> 00:00:04,000\nsau\n\n2\n00:00:01,000 --> 00:00:02,000\nKính thưa, đường\n"


def test_a_file_of_the_films_name_is_found_subrip_first(tmp_path: Path) -> None:
    film = tmp_path / "họp 1.5.mp4"
    assert beside(film) is None
    (tmp_path / "họp 1.5.vtt").touch()
    assert beside(film) == tmp_path / "họp 1.5.vtt"
    (tmp_path / "họp 1.5.srt").touch()
    assert beside(film) == tmp_path / "họp 1.5.srt"
    assert beside(tmp_path / "họp 1.5.srt") == tmp_path / "họp 1.5.vtt"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16"])
def test_cues_are_read_in_their_order_in_any_unicode(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.srt"
    path.write_text(SUBRIP, name)
    assert [(cue.start // SCALE, cue.text) for cue in read_sidecar(path)] == [(1, "Kính thưa, đường"), (3, "sau")]


def test_windows_old_vietnamese_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes("00:00:01,000 --> 00:00:02,000\nĐươ\u0300ng".encode("cp1258"))
    assert [cue.text for cue in read_sidecar(path)] == ["Đường"]


def test_a_file_that_is_too_large_or_gone_is_a_feed_error(tmp_path: Path) -> None:
    """T-09."""
    path = tmp_path / "a.srt"
    with pytest.raises(FeedError, match="cannot be read"):
        read_sidecar(path)
    with path.open("wb") as file:
        file.truncate(5 << 20)
    with pytest.raises(FeedError, match="larger"):
        read_sidecar(path)


CUES = (Cue(start=SCALE, end=2 * SCALE, text="one"), Cue(start=9 * SCALE, end=12 * SCALE, text="nine"))


def _played(sidecar: Sidecar, *packets: tuple[int, bytes]) -> list[Cue | Cut]:
    return [
        one for second, body in packets for one in sidecar.packet(Block(track=1, millis=second * 1_000, body=body))
    ]


def test_each_cue_comes_with_its_picture_again_in_each_round() -> None:
    film = [(at, b"%d" % at) for at in range(10)]
    rounds = [*film, *((at + 10, body) for at, body in film)]
    assert _played(Sidecar(CUES, 10 * SCALE), *rounds) == [
        *CUES, Cut(at=10 * SCALE),
        *(Cue(start=cue.start + 10 * SCALE, end=cue.end + 10 * SCALE, text=cue.text) for cue in CUES),
    ]


def test_times_count_from_the_films_first_picture() -> None:
    played = _played(Sidecar(CUES, 0), (5, b"a"), (6, b"b"))
    assert played == [Cue(start=6 * SCALE, end=7 * SCALE, text="one")]


def test_pictures_that_are_alike_are_no_new_round() -> None:
    dark = [(at, b"dark") for at in range(11)]
    assert _played(Sidecar(CUES, 10 * SCALE), *dark) == [*CUES, Cut(at=10 * SCALE)]
    assert _played(Sidecar(CUES, 0), *dark) == list(CUES)
