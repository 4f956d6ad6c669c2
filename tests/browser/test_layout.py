"""Where things stand on the page, at the widths of a hall's screen, an old PC and a phone."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.headend import Headend

_EVERYTHING = """() => {
  const show = (id, words) => {
    const list = document.getElementById(id);
    list.hidden = false;
    list.innerHTML = words.map((word) => `<option>${word}</option>`).join("");
  };
  show("track", ["Tiếng Việt", "English", "Tiếng Tày"]);
  show("quality", ["Tự động (720p)", "720p", "480p"]);
  document.getElementById("captions").hidden = false;
  document.getElementById("badge").textContent = "TRỰC TIẾP";
  document.getElementById("behind").textContent = "chậm 2,7 giây";
}"""
_BOXES = """() => [...document.querySelectorAll("#bar > *")].filter((one) => one.offsetWidth)
  .map((one) => [one.id, one.getBoundingClientRect()])
  .map(([id, box]) => [id, box.left, box.right, box.top + box.height / 2])"""


def _opened(page: Page, base: str, width: int, height: int) -> list[Any]:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{base}/watch/demo")
    page.evaluate(_EVERYTHING)
    boxes: list[Any] = page.evaluate(_BOXES)
    return boxes


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1000, 900), (1000, 600), (844, 390), (800, 900)])
def test_the_bar_is_one_row_with_all_its_buttons(
    headend: Headend, chromium_page: Page, width: int, height: int,
) -> None:
    boxes = _opened(chromium_page, headend.base, width, height)
    middles = [middle for *_, middle in boxes]
    assert max(middles) - min(middles) < 4
    stage = chromium_page.locator("#stage").bounding_box()
    assert stage is not None
    assert max(right for _, _, right, _ in boxes) <= stage["x"] + stage["width"]
    assert {"mute", "track", "captions", "quality", "fullscreen"} <= {name for name, *_ in boxes}


@pytest.mark.parametrize(("width", "height"), [(430, 932), (390, 844), (320, 568)])
def test_on_a_phone_no_button_has_a_row_to_itself(
    headend: Headend, chromium_page: Page, width: int, height: int,
) -> None:
    """The button for the full screen is at the picture's corner, whatever else there is; a list may be alone."""
    boxes = _opened(chromium_page, headend.base, width, height)
    for lists in (("track", "quality"), ("quality",)):
        assert max(right for _, _, right, _ in boxes) <= width
        rows: dict[int, list[str]] = {}
        for name, _, _, middle in sorted(boxes, key=lambda box: (box[3], box[1])):
            rows.setdefault(next((row for row in rows if abs(row - middle) < 4), round(middle)), []).append(name)
        first, space, *others = rows.values()
        assert (first, space) == (["badge", "behind", "fullscreen"], [""])
        assert {name for names in others for name in names} == {"mute", "captions", *lists}
        assert all(len(names) > 1 or names[0] in lists for names in others)
        chromium_page.evaluate("() => { document.getElementById('track').hidden = true; }")
        boxes = chromium_page.evaluate(_BOXES)


_ASKS = """() => {
  const gate = document.getElementById("gate");
  gate.hidden = false;
  gate.dataset.asks = gate.parentElement.dataset.asks = "sound";
  document.getElementById("gate-words").textContent = "Bấm để nghe tiếng";
}"""


@pytest.mark.parametrize(("wide", "high"), [(1920, 1080), (1366, 768), (375, 667)])
def test_the_button_for_sound_covers_nothing_of_the_picture(
    headend: Headend, chromium_page: Page, wide: int, high: int,
) -> None:
    """Before a meeting there is a countdown in it; nor does it cover any control."""
    _opened(chromium_page, headend.base, wide, high)
    chromium_page.evaluate(_ASKS)
    gate, picture, bar = (chromium_page.locator(one).bounding_box() for one in ("#gate", ".picture", ".controls"))
    assert gate is not None
    assert picture is not None
    assert bar is not None
    assert picture["y"] + picture["height"] <= gate["y"]
    assert gate["y"] + gate["height"] <= bar["y"]
    chromium_page.locator("#gate").click(trial=True)
