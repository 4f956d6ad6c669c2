"""A tree knows who stands above and below whom, and refuses what is none."""

import pytest

from desk.register.region import Level, Region, RegionId
from desk.register.region_tree import RegionTree
from flow.errors import OperatorError
from tests.desk.register.trees import LEVELS, a_region, a_tree


def test_it_says_what_is_above_and_below() -> None:
    tree = a_tree()
    assert [one.id for one in tree.below(RegionId("01"))] == ["00004", "00008"]
    assert [one.id for one in tree.path(RegionId("00004"))] == ["vn", "01", "00004"]
    assert tree.within(RegionId("01")) == {"01", "00004", "00008"}
    assert len(tree.within(RegionId("vn"))) == len(tree)
    assert tree.address(RegionId("00004")) == "Phường Ba Đình, Thành phố Hà Nội"
    assert tree.address(RegionId("vn")) == "Việt Nam"


@pytest.mark.parametrize("wrong", [
    a_region("x", "nowhere", 1, "x"), a_region("x", "vn", 2, "x"), a_region("x", "00004", 3, "x"),
    a_region("x", None, 1, "x"),
])
def test_what_has_no_place_in_it_is_refused(wrong: Region) -> None:
    with pytest.raises(OperatorError, match="has no place in the tree"):
        RegionTree(LEVELS, [*a_tree(), wrong])


@pytest.mark.parametrize("count", [1, 5])
def test_a_tree_has_two_to_four_levels(count: int) -> None:
    with pytest.raises(OperatorError, match="levels"):
        RegionTree([Level(vi="", en="")] * count, [a_region("vn", None, 0, "Việt Nam")])


def test_no_regions_are_a_tree_too() -> None:
    assert len(RegionTree((), ())) == 0
