"""A picture that cannot be read costs that picture alone."""

from pathlib import Path

from PIL import Image

from flow.canvas import Canvas
from ingest.pictures.own_pictures import OwnPictures

CANVAS = Canvas(width=426, height=240)


def test_a_channel_without_pictures_of_its_own_has_no_trouble() -> None:
    assert OwnPictures.read(CANVAS, slate="", logo_path="") == OwnPictures(backdrop=None, logo=None, troubles=())


def test_pictures_are_read_and_what_is_broken_is_told_and_left_out(tmp_path: Path) -> None:
    good, broken = tmp_path / "good.png", tmp_path / "broken.png"
    Image.new("RGB", (60, 40), (200, 30, 30)).save(good)
    broken.write_bytes(good.read_bytes()[:60])
    whole = OwnPictures.read(CANVAS, slate=str(good), logo_path=str(good))
    assert whole.backdrop is not None
    assert whole.logo is not None
    assert whole.troubles == ()
    half = OwnPictures.read(CANVAS, slate=str(broken), logo_path=str(tmp_path / "gone.png"))
    assert (half.backdrop, half.logo) == (None, None)
    assert [("slate" in said, "logo" in said) for said in half.troubles] == [(True, False), (False, True)]
