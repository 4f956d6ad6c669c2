"""A rule over the facts, and what it finds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desk.production.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, by the name of its rule, and what to do. `fatal` keeps a machine from starting
    where `production` is set."""

    name: str
    said: str
    remedy: str
    fatal: bool

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return {"name": self.name, "said": self.said, "remedy": self.remedy, "fatal": self.fatal}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`look` says what is wrong, empty for nothing. A `fatal` one is about settings and rights alone, which no
    passing of time changes: a machine that was fit to start is so after a power cut."""

    name: str
    look: Callable[[Facts], str]
    remedy: str
    fatal: bool = False


def findings(facts: Facts, rules: Sequence[Rule]) -> tuple[Finding, ...]:
    """What the rules find, in their order."""
    return tuple(
        Finding(name=rule.name, said=said, remedy=rule.remedy, fatal=rule.fatal)
        for rule in rules if (said := rule.look(facts))
    )


def when(broken: object, said: str) -> str:
    """The sentence when the rule is broken."""
    return said if broken else ""


def some(names: Iterable[str], most: int = 3) -> str:
    """The first of the names, and how many more there are."""
    all_of_them = list(names)
    more = len(all_of_them) - most
    return ", ".join(all_of_them[:most]) + (f" and {more} more" if more > 0 else "")
