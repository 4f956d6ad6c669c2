"""Rows of a list become sites, changes and reasons."""

import pytest

from desk.register.region_finder import RegionFinder
from desk.register.site import Site, SiteKind
from desk.register.site_import import ImportPlan, SiteImport, columns_of
from flow.errors import OperatorError
from tests.desk.register.filled import a_site
from tests.desk.register.trees import a_tree

HEADING = ["Tên", "Tỉnh", "Xã/Phường", "Loại", "Điện thoại", "Nhãn", "Đường truyền (kbps)"]


def _plan(rows: list[list[str]], *sites: Site, heading: list[str] = HEADING) -> ImportPlan:
    taking = SiteImport(RegionFinder(a_tree()), sites, heading)
    for line, row in enumerate(rows, 2):
        taking.take((line, row))
    return taking.plan


def test_names_of_province_and_commune_find_the_place() -> None:
    plan = _plan([
        ["Hội trường", "TP Hà Nội", "ba đình", "hội trường", "0912", "moh; ubnd", "4000"],
        ["", "thai nguyen", "P. Tân Thành"],
        ["Văn phòng", "19", "", "văn phòng"],
    ])
    assert plan.bad == []
    first, second, third = plan.new
    assert (first.id, first.kind, first.phone, first.line_kbps) == ("s00004", SiteKind.HALL, "0912", 4_000)
    assert first.labels == {"moh", "ubnd"}
    assert (second.region, second.name) == ("05700", "Phường Tân Thành")  # called as its region is
    assert (third.region, third.kind) == ("19", SiteKind.OFFICE)


def test_a_row_is_the_site_of_its_name_in_its_region() -> None:
    known = a_site(name="Hội trường", phone="0912", note="cửa sau", labels=frozenset({"moh"}))
    plan = _plan([["hoi truong", "01", "00004", "", "0999", "moh"]], known)
    ((before, after),) = plan.changed
    assert (before, after.id, after.phone, after.note) == (known, "s00004", "0999", "cửa sau")
    same = _plan([["Hội trường", "01", "00004", "", "0912", "moh", ""]], known)
    assert (same.same, same.changed, same.new) == (1, [], [])
    retired = _plan([["Hội trường", "01", "00004"]], a_site(name="Hội trường", retired_s=1))
    assert [one.id for one in retired.new] == ["s00004-2"]


def test_a_row_with_an_id_is_that_site_wherever_it_was() -> None:
    plan = _plan([["s00004", "05665"], ["moi", "05665"]], a_site(), heading=["id", "region"])
    ((_, after),) = plan.changed
    assert (after.region, after.name) == ("05665", "Xã Văn Lăng")
    assert [one.id for one in plan.new] == ["moi"]


def test_every_bad_row_is_named_with_its_line_and_reason() -> None:
    plan = _plan([
        ["a", "Hà Nội", "Ba Đinh"], ["b", "", ""], ["c", "01", "00004", "hal"],
        ["d", "01", "00004", "", "", "", "4M"],
        ["e", "01", "00004"], ["E", "01", "00004"], ["x" * 201, "01", ""], ["f", "01", "", "", "", "=a"],
        ["g", "19", "van lang"],
    ])
    assert [one.line for one in plan.bad] == [2, 3, 4, 5, 7, 8, 9, 10]
    reasons = " ".join(one.reason for one in plan.bad)
    for words in (
        "Did you mean “Phường Ba Đình”", "says no region", "no kind of site", "no rate of a line",
        "same site as line 6", "name cannot be", "labels cannot be", "may be several regions",
    ):
        assert words in reasons


@pytest.mark.parametrize(("heading", "problem"), [
    (["name", "regon"], "called “regon”"), (["name"], "no column says where"),
    (["name", "Tên", "region"], "mean the same"),
])
def test_a_heading_that_means_nothing_is_refused(heading: list[str], problem: str) -> None:
    with pytest.raises(OperatorError, match=problem):
        columns_of(heading)


def test_our_own_export_is_understood() -> None:
    assert columns_of(["id", "name", "region", "address", "labels", "line_kbps", "retired"]) == [
        "id", "name", "region", "", "labels", "line_kbps", "",
    ]
