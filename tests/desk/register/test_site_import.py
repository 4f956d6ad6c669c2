"""Rows of a list become sites, changes and reasons."""

import unicodedata

import pytest

from desk.register import region_finder
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


def test_a_site_that_watches_no_more_is_not_changed_by_its_id() -> None:
    """An exported list with retired sites comes back as it is; a new phone for one is somebody's mistake."""
    retired = a_site(name="Hội trường", phone="0912", retired_s=1)
    heading = ["id", "name", "region", "phone"]
    assert _plan([["s00004", "Hội trường", "00004", "0912"]], retired, heading=heading).same == 1
    plan = _plan([["s00004", "Hội trường", "00004", "0999"]], retired, heading=heading)
    assert (plan.changed, len(plan.bad)) == ([], 1)
    assert "watches no more" in plan.bad[0].reason


def test_names_that_differ_by_their_marks_alone_are_two_sites() -> None:
    """Hamlets of one commune may; what is composed otherwise, or typed without marks, is the same."""
    lang = a_site(name="Thôn Lang")
    plan = _plan([["Thôn Làng", "01", "00004"], ["Thôn Lang", "01", "00004", "", "1"]], lang)
    assert ([one.name for one in plan.new], [after.id for _, after in plan.changed]) == (["Thôn Làng"], [lang.id])
    again = _plan([[unicodedata.normalize("NFD", "Thôn Lang"), "01", "00004"]], lang)
    assert (again.same, again.bad) == (1, [])
    ((_, after),) = _plan([["thon lang", "01", "00004", "", "1"]], lang).changed
    assert after.name == "Thôn Lang"
    (bad,) = _plan([["thon lang", "01", "00004"]], lang, a_site("s00004-2", name="Thôn Làng")).bad
    assert "may be several sites: s00004, s00004-2" in bad.reason
    (new,) = _plan([[unicodedata.normalize("NFD", "Thôn Làng"), "01", "00004", "", "", "bộ-y-tế"]]).new
    assert (new.name, new.labels) == ("Thôn Làng", {"bộ-y-tế"})
    khmer = _plan([["ភូមិ", "01", "00004"], ["ស្រុក", "01", "00004"]])
    assert len(khmer.new) == 2


def test_thousands_of_wrong_names_are_told_without_a_guess_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """T-34: a guess takes milliseconds, and a list has 50,000 rows."""
    guesses: list[str] = []
    monkeypatch.setattr(region_finder, "nearest", lambda said, _names: guesses.append(said))
    plan = _plan([["a", "01", f"Xã {at // 2}"] for at in range(2_000)])
    assert (len(plan.bad), len(guesses)) == (2_000, 200)


def test_an_empty_cell_at_the_end_of_a_row_counts_like_one_in_its_middle() -> None:
    known = a_site(name="Hội trường", phone="0912", labels=frozenset({"moh"}), line_kbps=4_000)
    ((_, after),) = _plan([["Hội trường", "01", "00004", "", ""]], known).changed
    assert (after.phone, after.labels, after.line_kbps) == ("", frozenset(), 0)


def test_a_row_that_is_longer_than_the_heading_has_slipped() -> None:
    (bad,) = _plan([["UBND", "01", "00004", "", "", "", "", "moved by a comma"]]).bad
    assert "8 cells, and the heading 7" in bad.reason


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
