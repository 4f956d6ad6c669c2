"""Who is invited: the five kinds of meeting, over fifty sites."""

from dataclasses import replace

import pytest

from desk.programmes.audience import Audience, Group, Rule, invited, nationwide
from desk.programmes.audience_words import audience_from
from desk.register.region import RegionId
from desk.register.region_tree import RegionTree
from desk.register.site import Site, SiteId
from tests.desk.register.trees import LEVELS, a_region


def a_country() -> RegionTree:
    """Four provinces with five communes each."""
    regions = [a_region("vn", None, 0, "Việt Nam")]
    for province in ("01", "19", "48", "79"):
        regions.append(a_region(province, "vn", 1, f"Tỉnh {province}"))
        regions += [a_region(f"{province}00{at}", province, 2, f"Xã {province}.{at}") for at in range(1, 6)]
    return RegionTree(LEVELS, regions)


def a_site(name: str, region: str, *labels: str) -> Site:
    return Site(id=SiteId(name), region=RegionId(region), name=name, labels=frozenset(labels))


def fifty() -> list[Site]:
    """Two leaders' places, ten of ministries, of which some stand in a province; then each region's own."""
    made = [a_site("pm", "vn", "leaders"), a_site("deputy", "vn", "leaders")]
    for ministry in ("health", "finance", "education", "home", "defence"):
        made.append(a_site(f"{ministry}-hall", "01" if ministry == "health" else "vn", f"ministry-{ministry}"))
        made.append(a_site(f"{ministry}-minister", "vn", f"ministry-{ministry}", "leaders"))
    for province in ("01", "19", "48", "79"):
        made += [a_site(f"s{province}", province, "leaders"), a_site(f"h{province}", province, "health")]
        made += [a_site(f"s{province}00{at}", f"{province}00{at}") for at in range(1, 6)]
    made += [a_site(f"box{at}", "19001") for at in range(10)]
    return made


SITES = fifty()


def watching(preset: str = "", invite: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> set[str]:
    return set(invited(audience_from(preset, invite, exclude), a_country(), SITES))


def test_there_are_fifty() -> None:
    assert len(SITES) == 50


def test_a_national_meeting_is_everybodys() -> None:
    assert len(watching("national")) == 50


def test_leaders_with_ministries() -> None:
    assert watching("leaders-ministries") == {site.id for site in SITES[:12]}


def test_one_locality_with_everything_below_it() -> None:
    assert len(watching("locality:19")) == 17
    assert watching("locality:19002") == {"s19002"}


def test_a_ministry_with_the_localities() -> None:
    seen = watching("ministry-localities:health")
    assert seen == {"health-hall", "health-minister"} | {site.id for site in SITES[12:]}


def test_leaders_with_the_ministries_leaders() -> None:
    assert watching("leaders-ministry-leaders") == {
        "pm", "deputy", "health-minister", "finance-minister", "education-minister", "home-minister",
        "defence-minister",
    }


def test_rules_are_added_and_an_exclusion_goes_before_all() -> None:
    assert watching("", ("region:01", "label:health", "site:pm"), ("site:s01", "region:01001")) == {
        "pm", "h01", "h19", "h48", "h79", "health-hall", "s01002", "s01003", "s01004", "s01005",
    }
    assert watching("national", ("site:pm",), ("national",)) == set()


def test_who_retired_is_not_invited_and_a_region_that_is_gone_invites_nobody() -> None:
    gone = [replace(site, retired_s=1) for site in SITES]
    assert invited(audience_from("national", (), ()), a_country(), gone) == frozenset()
    audience = Audience(included=frozenset({Rule(group=Group.REGION, name="99")}))
    assert invited(audience, a_country(), SITES) == frozenset()
    assert invited(Audience(), a_country(), SITES) == frozenset()


@pytest.mark.parametrize("group", Group)
def test_every_group_is_told_apart(group: Group) -> None:
    name = {Group.REGION: "01", Group.LABEL: "health", Group.SITE: "pm"}.get(group, "")
    found = invited(Audience(included=frozenset({Rule(group=group, name=name)})), a_country(), SITES)
    assert len(found) == {
        Group.REGION: 8, Group.LABEL: 4, Group.SITE: 1, Group.ALL: 50, Group.LEADERS: 7, Group.MINISTRIES: 10,
        Group.LOCALITIES: 38,
    }[group]


@pytest.mark.parametrize(("words", "whole"), [
    (("national",), True), (("all", "site:pm"), True), (("region:vn",), True), (("localities",), True),
    (("region:01", "region:19", "region:48", "region:79"), True), (("region:01", "region:19", "region:48"), False),
    (("ministries", "leaders"), False), (("region:01",), False), (("label:health",), False),
])
def test_the_whole_country_is_that_in_whatever_words(words: tuple[str, ...], whole: bool) -> None:
    """T-37: two operators are needed for it, whoever is left out."""
    for shut in ((), ("site:s01",), words):
        assert nationwide(audience_from("", words, shut), a_country(), fifty()) is whole


def test_the_sites_of_one_province_alone_are_no_country() -> None:
    here = [one for one in fifty() if one.region.startswith("01")]
    assert not nationwide(audience_from("", ("region:01",), ()), a_country(), here)
    assert not nationwide(audience_from("", ("region:01",), ()), a_country(), [])
