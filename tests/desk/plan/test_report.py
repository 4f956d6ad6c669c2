import json

from desk.plan.deployment import Line
from desk.plan.needs import needs_of
from desk.plan.report import plan_json, plan_text, size_text
from tests.desk.plan.country import country


def test_the_text_has_each_tier_and_ends_with_what_does_not_fit() -> None:
    plan = country(lines=(Line(rate=2_000_000, share=0.9), Line(rate=100_000, share=0.1)))
    text = plan_text(plan, needs_of(plan))
    assert "3,400 places in 34 provinces; one channel on air" in text
    assert "68 in all" in text
    assert "nothing fits" in text
    assert text.splitlines()[-1].startswith("  - 340 places have 100 kb/s")


def test_a_plan_that_fits_says_so() -> None:
    assert plan_text(country(), needs_of(country())).endswith("Everything that was told fits.")


def test_plain_values_are_json() -> None:
    values = json.loads(json.dumps(plan_json(country(), needs_of(country()))))
    assert values["asked"]["profile"] == "low"
    assert values["needs"]["centre"]["worker_cores"] == 2
    assert values["short"] == []


def test_sizes_are_those_of_disks() -> None:
    assert [size_text(size) for size in (512, 3_000_000, 2_200_000_000, 4 * 10**12)] == [
        "1 kB", "3.0 MB", "2.2 GB", "4.0 TB",
    ]


def test_edges_are_said_to_be_of_one_s_own_making_and_none_to_be_none() -> None:
    assert "does not set them up" in plan_text(country(), needs_of(country()))
    text = plan_text(country(edges=0), needs_of(country(edges=0)))
    assert "every place asks the centre" in text
    assert "edge of the largest province" not in text
