"""Audiences as they are written."""

import pytest

from desk.programmes.audience import Group, Rule
from desk.programmes.audience_words import audience_from, rule_from, rule_word
from flow.errors import OperatorError


def test_words_and_rules() -> None:
    for word, rule in (
        ("region:01", Rule(group=Group.REGION, name="01")),
        ("Province: Hà Nội", Rule(group=Group.REGION, name="Hà Nội")),
        ("label:ministry-health", Rule(group=Group.LABEL, name="ministry-health")),
        ("site:s00004", Rule(group=Group.SITE, name="s00004")), ("all", Rule(group=Group.ALL)),
        ("localities", Rule(group=Group.LOCALITIES)),
    ):
        assert rule_from(word) == rule
        assert rule_from(rule_word(rule)) == rule


@pytest.mark.parametrize("word", ["", "regoin:01", "region", "region:", "all:01", "all:", "01", "site:a\nb"])
def test_a_word_that_names_nobody_is_refused(word: str) -> None:
    with pytest.raises(OperatorError) as refused:
        rule_from(word)
    assert refused.value.remedy


def test_names_are_looked_up_of_presets_too() -> None:
    def named(rule: Rule) -> Rule:
        return Rule(group=rule.group, name="01") if rule.group is Group.REGION else rule

    assert audience_from("locality:Hà Nội", (), ("commune:x",), named) == audience_from(
        "locality:01", (), ("region:01",),
    )
    assert audience_from("ministry-localities:ministry-health", (), ()) == audience_from(
        "ministry-localities:health", (), (),
    )


@pytest.mark.parametrize("preset", [
    "natonal", "national:01", "locality", "locality:", "ministry-localities", "ministry-localities:a b", ":",
])
def test_an_audience_that_there_is_not_is_refused(preset: str) -> None:
    with pytest.raises(OperatorError):
        audience_from(preset, (), ())


def test_nobody_is_no_audience_and_too_many_rules_are_too_many() -> None:
    with pytest.raises(OperatorError, match="nobody"):
        audience_from("", (), ("site:s1",))
    with pytest.raises(OperatorError, match="at most"):
        audience_from("national", (f"site:s{at}" for at in range(1_000)), ())
