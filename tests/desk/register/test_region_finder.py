"""A region is found by its code, or by its name as people type it; in doubt somebody is asked."""

import unicodedata

import pytest

from desk.register.official import Division, official_units
from desk.register.region import RegionId
from desk.register.region_finder import RegionFinder
from desk.register.region_tree import RegionTree
from flow.errors import OperatorError
from tests.desk.register.trees import a_tree


@pytest.mark.parametrize("text", [
    "00004", "Phường Ba Đình", "ba dinh", "Ba Đình", "P. Ba Đình", "phuong Ba Đình", "xã Ba Đình",
    unicodedata.normalize("NFD", "  phường   BA ĐÌNH "),
])
def test_one_region_has_many_spellings(text: str) -> None:
    assert RegionFinder(a_tree()).find(text).id == "00004"


def test_the_kind_or_the_region_above_tells_namesakes_apart() -> None:
    finder = RegionFinder(a_tree())
    assert finder.find("phuong tan thanh").id == "05700"
    assert finder.find("Tân Thành, TP Hà Nội").id == "00008"
    assert finder.find("Tân Thành", within=RegionId("01")).id == "00008"
    with pytest.raises(OperatorError, match=r"may be several regions: 00008 .*; 05700 .*Give the code"):
        finder.find("Tân Thành")


def test_marks_that_were_typed_are_meant() -> None:
    finder = RegionFinder(a_tree())
    assert finder.find("xa Văn Lăng").id == "05665"
    with pytest.raises(OperatorError, match="several"):
        finder.find("van lang")
    with pytest.raises(OperatorError, match="Did you mean “Xã Văn Lang”"):
        finder.find("Văn Làng")


def test_a_name_that_begins_like_a_kind_is_found_without_its_own() -> None:
    assert RegionFinder(a_tree()).find("tinh tuc").id == "05701"


def test_another_level_is_not_meant() -> None:
    with pytest.raises(OperatorError, match="no region “00004”"):
        RegionFinder(a_tree()).find("00004", depth=1)


@pytest.mark.parametrize("division", Division)
def test_official_units_are_found_by_their_names_below_their_own(division: Division) -> None:
    """Every fifth: each costs two searches."""
    units = official_units(division)
    finder = RegionFinder(RegionTree(units.levels, units.regions))
    for one in units.regions[::5]:
        for text in (one.name, unicodedata.normalize("NFD", one.name).upper()):
            assert finder.find(text, within=one.parent, depth=one.depth) == one
