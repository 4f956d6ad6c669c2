import pytest

from desk.plan.deployment import Deployment
from desk.plan.words import deployment_of, lines_of, rate_of, rungs_of
from flow.errors import OperatorError
from flow.profile import PROFILES, ProfileName
from transcode.presets import load_ladder


def told(**words: object) -> Deployment:
    return deployment_of(words, load_ladder("conference-720"), 1.4)


def test_without_words_it_is_the_country() -> None:
    plan = told()
    assert (plan.sites, plan.provinces, plan.largest, plan.edges) == (3_321, 34, 168, 2)
    assert plan.window == 7_200
    assert plan.profile.name is ProfileName.LOW


def test_a_rung_is_what_its_playlist_declares() -> None:
    rungs = {rung.name: rung.peak for rung in rungs_of(load_ladder("conference-720"), PROFILES[ProfileName.LOW])}
    assert {name: round(peak, -4) for name, peak in rungs.items()} == {
        "v720": 1_690_000, "v720-lean": 840_000, "v540": 410_000, "v360": 220_000,
    }


@pytest.mark.parametrize(("word", "rate"), [
    ("500k", 500_000), ("2M", 2_000_000), ("1.5Gb/s", 1_500_000_000), ("10 Mbit/s", 10**7),
])
def test_rates_are_read_as_people_write_them(word: str, rate: int) -> None:
    assert rate_of(word) == rate


def test_lines_without_a_share_have_what_the_others_leave() -> None:
    shares = [(line.rate, round(line.share, 6)) for line in lines_of(["1M=40", "4M"])]
    assert shares == [(1_000_000, 0.4), (4_000_000, 0.6)]
    assert [line.share for line in lines_of("2M")] == [1.0]


@pytest.mark.parametrize(("words", "said"), [
    ({"line": ["1M=40"]}, "make 40 percent"), ({"line": ["1M=70", "2M=70"]}, "make 140 percent"),
    ({"line": []}, "a plan needs a line"), ({"line": ["2"]}, "no rate"), ({"line": ["1M=x"]}, "no share"),
    ({"sites": 0}, "sites is “0”"), ({"sites": True}, "sites is “True”"), ({"hours": -1}, "hours is “-1”"),
    ({"hours": "3"}, "hours is"), ({"profile": "lo"}, "no profile “lo”"), ({"window": "1s"}, "no window"),
    ({"site": 5}, "a plan has no “site”"), ({"centre_line": "0M"}, "no rate"),
])
def test_what_makes_no_sense_is_refused_with_a_way_out(words: dict[str, object], said: str) -> None:
    with pytest.raises(OperatorError) as caught:
        told(**words)
    assert said in caught.value.problem
    assert caught.value.remedy
