from pathlib import Path

import pytest

from flow.errors import FeedError
from flow.timebase import SCALE
from ingest.captions.sidecar import beside, read_sidecar

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
