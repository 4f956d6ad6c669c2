"""What a rule finds, and how it is said."""

from desk.production.rule import Rule, findings, some, when
from tests.desk.production.good import GOOD


def test_a_broken_rule_becomes_a_finding() -> None:
    rules = [
        Rule(name="kept", look=lambda _: "", remedy="Nothing"),
        Rule(name="broken", look=lambda _: "it leaks", remedy="Mend it", fatal=True),
    ]
    (found,) = findings(GOOD, rules)
    assert found.to_json() == {"name": "broken", "said": "it leaks", "remedy": "Mend it", "fatal": True}


def test_long_lists_are_cut() -> None:
    assert some([]) == ""
    assert some(["a", "b", "c"]) == "a, b, c"
    assert some("abcde") == "a, b, c and 2 more"
    assert (when(0, "x"), when(1, "x")) == ("", "x")
