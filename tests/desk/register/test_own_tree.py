"""Rows become a tree, or reasons why not."""

import pytest

from desk.register.own_tree import OwnTree, levels_from, tree_from
from desk.register.region import Level
from desk.register.region_tree import RegionTree
from flow.errors import OperatorError

LEVELS = levels_from(["bộ/ministry", "vùng/zone", "đơn vị"])


def _tree(*rows: list[str], heading: tuple[str, ...] = ("code", "above", "name")) -> OwnTree:
    return tree_from([(1, list(heading)), *enumerate(rows, 2)], LEVELS)


def test_rows_in_any_order_make_a_tree_of_named_levels() -> None:
    assert LEVELS[1:] == (Level(vi="vùng", en="zone"), Level(vi="đơn vị", en="đơn vị"))
    made = _tree(
        ["Đội 1", "D1", "B"], ["Bộ", "bo"], ["Miền Bắc", "b", "bo"], heading=("Tên", "Mã", "Mã cấp trên"),
    )
    assert made.bad == ()
    found = [(one.id, one.parent, one.depth) for one in made.regions]
    assert found == [("bo", None, 0), ("b", "bo", 1), ("d1", "b", 2)]
    assert RegionTree(LEVELS, made.regions).levels == LEVELS


def test_every_wrong_row_is_named() -> None:
    made = _tree(
        ["bo", "", "Bộ"], ["x y", "bo", "a"], ["a", "bo", ""], ["b", "bo", "b"], ["B", "bo", "c"],
        ["c", "no", "c"],
        ["d", "e", "d"], ["e", "d", "e"], ["f", "b", "f"], ["g", "f", "g"], ["h", "", "h"], ["i", "bo", "i,j"],
    )
    assert [line for line, _ in made.bad] == [3, 4, 6, 7, 8, 9, 11, 12, 13]
    reasons = " ".join(reason for _, reason in made.bad)
    for words in ("cannot be a region's code", "no name", "in line 5 already", "has no place", "a second one"):
        assert words in reasons


def test_a_tree_without_a_top_is_none() -> None:
    assert [line for line, _ in _tree(["a", "b", "a"], ["b", "a", "b"]).bad] == [1, 2, 3]


@pytest.mark.parametrize("heading", [("code", "name"), ("code", "above", "nam"), ("code", "code", "above")])
def test_headings_that_mean_nothing_are_refused(heading: tuple[str, ...]) -> None:
    with pytest.raises(OperatorError, match="column"):
        _tree(["a"], heading=heading)


def test_a_file_without_regions_is_refused() -> None:
    with pytest.raises(OperatorError, match="no regions"):
        _tree()


@pytest.mark.parametrize("words", [["a"], ["a"] * 5, ["a", ""], ["a", "b\n"]])
def test_two_to_four_levels_have_names(words: list[str]) -> None:
    with pytest.raises(OperatorError):
        levels_from(words)
