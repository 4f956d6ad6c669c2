"""An operator's picture file is read within limits."""

from pathlib import Path

import pytest
from PIL import Image

from flow.errors import OperatorError
from ingest.pictures.picture_file import read_picture


def _read(path: Path) -> Image.Image:
    return read_picture(path, what="slate", most=1_000_000)


def test_a_picture_is_read_upright_with_its_transparency(tmp_path: Path) -> None:
    turned = Image.new("RGB", (40, 20))
    exif = turned.getexif()
    exif[0x0112] = 6  # the camera was held upright
    turned.save(tmp_path / "a.jpg", exif=exif)
    Image.new("LA", (8, 8), (255, 10)).save(tmp_path / "b.png")
    assert _read(tmp_path / "a.jpg").size == (20, 40)
    assert _read(tmp_path / "b.png").getpixel((0, 0)) == (255, 255, 255, 10)


def test_what_is_no_picture_is_cut_off_or_too_big_is_refused(tmp_path: Path) -> None:
    """T-09: before it is unpacked."""
    Image.effect_noise((200, 200), 50).save(tmp_path / "whole.png")
    (tmp_path / "half.png").write_bytes((tmp_path / "whole.png").read_bytes()[:9_000])
    (tmp_path / "text.png").write_text("no")
    Image.new("L", (40, 40)).save(tmp_path / "film.gif")
    Image.new("1", (1_001, 1_000)).save(tmp_path / "big.png")
    Image.new("1", (20_000, 12_000)).save(tmp_path / "bomb.png")
    for name, why in (
        ("half.png", "cannot be read"), ("text.png", "cannot be read"), ("film.gif", "cannot be read"),
        ("gone.png", "cannot be read"), (".", "cannot be read"), ("big.png", "1001x1000"),
        ("bomb.png", "cannot be read"),
    ):
        with pytest.raises(OperatorError, match=why):
            _read(tmp_path / name)
