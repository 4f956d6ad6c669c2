"""The official units are all there, and every former one leads to a new one."""

from collections import Counter

from desk.register.official import CENTRE, Division, official_units
from desk.register.region_tree import RegionTree


def test_there_are_34_provinces_and_3321_communes_wards_and_special_zones() -> None:
    units = official_units(Division.OFFICIAL)
    assert Counter(one.depth for one in units.regions) == {0: 1, 1: 34, 2: 3_321}
    kinds = Counter(
        kind for one in units.regions if one.depth == 2
        for kind in ("Xã", "Phường", "Đặc khu") if one.name.startswith(f"{kind} ")
    )
    assert kinds == {"Xã": 2_621, "Phường": 687, "Đặc khu": 13}
    assert [level.en for level in units.levels] == ["centre", "province", "commune"]


def test_there_were_63_provinces_696_districts_and_10035_communes() -> None:
    units = official_units(Division.FORMER)
    assert Counter(one.depth for one in units.regions) == {0: 1, 1: 63, 2: 696, 3: 10_035}
    assert [level.vi for level in units.levels] == ["trung ương", "tỉnh", "huyện", "xã"]


def test_each_former_province_and_commune_leads_to_a_new_one_and_each_new_one_has_a_past() -> None:
    official, former = official_units(Division.OFFICIAL), official_units(Division.FORMER)
    now = {one.id: one for one in official.regions}
    assert {one.id for one in former.regions if one.depth in {1, 3}} <= set(former.became)
    assert {new for became in former.became.values() for new in became} == set(now) - {CENTRE}
    for was in former.regions:
        depths = {now[new].depth for new in former.became.get(was.id, ())}
        assert depths <= ({1} if was.depth == 1 else {2})
    assert official.became == {}


def test_known_units_have_their_codes() -> None:
    official, former = official_units(Division.OFFICIAL), official_units(Division.FORMER)
    tree = RegionTree(official.levels, official.regions)
    assert tree.address(former.became["31"][0]) == "Thành phố Hải Phòng"  # type: ignore[index]
    assert tree.address("00004") == "Phường Ba Đình, Thành phố Hà Nội"  # type: ignore[arg-type]
    islands = [one for one in former.regions if one.depth == 2 and one.id in former.became]
    assert sorted(one.name for one in islands) == [
        "Huyện Bạch Long Vĩ", "Huyện Côn Đảo", "Huyện Cồn Cỏ", "Huyện Hoàng Sa", "Huyện Lý Sơn",
    ]


def test_names_are_composed_and_clean() -> None:
    for division in Division:
        for one in official_units(division).regions:
            assert one.name == " ".join(one.name.split())
            assert one.name.isprintable()
