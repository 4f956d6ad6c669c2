"""The rules themselves: each seeded fault is found."""

from collections.abc import Callable

import pytest

from tests.packager.conformance import across, between, problems
from tests.packager.stage import Stage


@pytest.fixture(scope="module")
def good() -> str:
    stage = Stage()
    stage.run(10)
    return stage.shelf.text("v0")


def _replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize("spoil", [
    _replaced("#EXTM3U\n", "\ufeff#EXTM3U\n"),
    _replaced("#EXT-X-VERSION:6", "#EXT-X-VERSION:7"),
    _replaced("#EXT-X-VERSION:6\n", "#EXT-X-VERSION:6\n#EXT-X-VERSION:6\n"),
    _replaced("#EXT-X-VERSION:6\n", "#EXT-X-VERSION:6\n\n"),
    _replaced("#EXT-X-VERSION:6\n", "#EXT-X-VERSION:6\n#EXT-X-PLAYLIST-TYPE:EVENT\n"),
    _replaced("CAN-SKIP-UNTIL=12.000", "CAN-SKIP-UNTIL=11.000"),
    _replaced(",HOLD-BACK=6.000", ",HOLD-BACK=5.000"),
    _replaced("PART-HOLD-BACK=1.92000", "PART-HOLD-BACK=1.28000"),
    _replaced("CAN-BLOCK-RELOAD=YES", "CAN-BLOCK-RELOAD=NO"),
    _replaced("#EXT-X-DISCONTINUITY-SEQUENCE:0\n", ""),
    _replaced('#EXT-X-MAP:URI="init-1.mp4"\n', ""),
    _replaced("#EXTINF:1.92000,", "#EXTINF:2.60000,"),
    _replaced("#EXTINF:1.92000,", "#EXTINF:1.88000,"),
    _replaced("DURATION=0.64000", "DURATION=0.65000"),
    _replaced(".720Z", ".721Z"),
    _replaced(".720Z", ".720+0000"),
    _replaced("-1.m4s\n", "-0.m4s\n"),
    _replaced("#EXTINF", "#EXT-X-GAP\n#EXTINF"),
    _replaced("#EXT-X-PRELOAD-HINT:", "#EXT-X-OTHER:"),
    _replaced("#EXT-X-RENDITION-REPORT:", "#EXT-X-OTHER:"),
    lambda text: text.replace("#EXT-X-PART-INF:PART-TARGET=0.64000\n", ""),
])
def test_a_seeded_fault_is_found(good: str, spoil: Callable[[str], str]) -> None:
    assert problems(good, others=["v1", "audio"]) == []
    assert problems(spoil(good), others=["v1", "audio"]) != []


def test_a_tag_after_the_first_part_is_found(good: str) -> None:
    head, part, rest = good.partition("#EXT-X-PART:")
    line, _, rest = rest.partition("\n")
    late = f"{head}{part}{line}\n#EXT-X-DISCONTINUITY\n{rest}"
    assert any("after a part" in problem for problem in problems(late))


def test_another_map_without_a_discontinuity_is_found(good: str) -> None:
    head, url, rest = good.partition("-1.m4s\n")
    assert problems(f'{head}{url}#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="init-2.mp4"\n{rest}') == []
    assert problems(f'{head}{url}#EXT-X-MAP:URI="init-2.mp4"\n{rest}') != []


def test_renditions_that_disagree_are_found(good: str) -> None:
    assert across({"a": good, "b": good}) == []
    assert across({"a": good, "b": good.replace("SEQUENCE:0", "SEQUENCE:1")}) != []
    assert across({"a": good, "b": good.replace("CAN-SKIP-UNTIL=12.000", "CAN-SKIP-UNTIL=13.000")}) != []


def test_a_changed_past_is_found(good: str) -> None:
    assert between(good, good) == []
    assert between(good, good.replace("-1.m4s", "-2.m4s")) != []
    assert between(good, good.replace("-1.2.m4s", "-2.2.m4s")) != []
    assert between(good, good.replace("DISCONTINUITY-SEQUENCE:0", "DISCONTINUITY-SEQUENCE:1")) != []
