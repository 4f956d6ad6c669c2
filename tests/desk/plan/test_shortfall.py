import pytest

from desk.plan.deployment import Line
from desk.plan.needs import needs_of
from desk.plan.shortfall import rate_text, shortfalls
from tests.desk.plan.country import country


def short(**changes: object) -> list[str]:
    plan = country(**changes)
    return list(shortfalls(plan, needs_of(plan)))


def test_what_nobody_told_cannot_be_too_small() -> None:
    assert short() == []


@pytest.mark.parametrize(("changes", "said"), [
    ({"lines": (Line(rate=300_000, share=0.25), Line(rate=2_000_000, share=0.75))}, "850 places have 300 kb/s"),
    ({"province_line": 4_000_000}, "the line to a province has 4.0 Mb/s"),
    ({"centre_line": 100_000_000}, "the centre's line has 100.0 Mb/s"),
    ({"cores": 2}, "the centre's machine has 2 cores, and 3 are needed"),
])
def test_each_thing_that_is_too_small_is_a_sentence(changes: dict[str, object], said: str) -> None:
    (sentence,) = short(**changes)
    assert sentence.startswith(said)


def test_the_least_line_that_is_named_is_enough() -> None:
    (sentence,) = short(lines=(Line(rate=300_000, share=1.0),))
    assert "needs 494 kb/s" in sentence
    assert short(lines=(Line(rate=495_000, share=1.0),)) == []


@pytest.mark.parametrize(("rate", "text"), [
    (640, "1 kb/s"), (500_000, "500 kb/s"), (2_000_000, "2.0 Mb/s"), (10**10, "10.0 Gb/s"),
])
def test_rates_are_written_as_people_do(rate: int, text: str) -> None:
    assert rate_text(rate) == text


def test_a_country_without_edges_does_not_fit_one_headend_and_a_province_does() -> None:
    (sentence,) = short(edges=0)
    assert sentence.startswith("a headend answers from one core, and ")
    assert short(edges=0, sites=126, provinces=1, largest=126) == []
    assert "all places fetch" in short(edges=0, sites=126, provinces=1, largest=126, centre_line=1_000_000)[0]
