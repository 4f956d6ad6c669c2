"""Audiences as they are written: `national`, `locality:01`, `region:01`, `label:ministry-health`, `site:s00004`.

No I/O. What a region is called is for `Names` to say; ids pass as they are.
"""

import re
from collections.abc import Callable, Iterable

from desk.programmes.audience import LEADERS, MINISTRY, MOST, NAMED, Audience, Group, Rule
from desk.register.folding import composed
from flow.errors import OperatorError
from flow.nearest import remedy_for

Names = Callable[[Rule], Rule]
"""Gives a rule whose name somebody typed the id that was meant; raises OperatorError when there is none."""

_SECTOR = re.compile(r"[^\W_][\w.-]{0,54}")
_PRESETS: dict[str, frozenset[Rule]] = {
    "national": frozenset({Rule(group=Group.ALL)}),
    "leaders-ministries": frozenset({Rule(group=Group.LEADERS), Rule(group=Group.MINISTRIES)}),
    "leaders-ministry-leaders": frozenset({Rule(group=Group.LEADERS)}),
}
_NAMED_PRESETS = {"locality": "REGION", "ministry-localities": "MINISTRY"}
PRESETS = (*_PRESETS, *(f"{name}:{what}" for name, what in _NAMED_PRESETS.items()))
"""The five kinds of meeting, as they are written."""
_ALIASES = {"province": Group.REGION, "district": Group.REGION, "commune": Group.REGION, "national": Group.ALL}
_WORDS = (*(f"{one.value}:NAME" if one in NAMED else one.value for one in Group), "province:NAME", "commune:NAME")


def audience_from(
    preset: str, invited: Iterable[str], excluded: Iterable[str], names: Names = lambda rule: rule,
) -> Audience:
    """The audience of a preset and of what is invited besides; raises OperatorError for what is none.

    Nobody is invited unless somebody is named.
    """
    included = _preset(preset, names) if preset else frozenset()
    included |= {names(rule_from(word)) for word in invited}
    shut = frozenset(names(rule_from(word)) for word in excluded)
    if not included:
        problem = "the programme invites nobody"
        raise OperatorError(problem, f"Give an audience: {', '.join(PRESETS)}; or invite {', '.join(_WORDS)}")
    if len(included) + len(shut) > MOST:
        problem = f"an audience has at most {MOST} rules"
        raise OperatorError(problem, "Give the sites a label, and invite the label")
    return Audience(included=included, excluded=shut)


def rule_from(word: str) -> Rule:
    """The rule that a word says; raises OperatorError with the nearest one."""
    kind, colon, name = word.strip().partition(":")
    kind, name = kind.strip().lower(), composed(name)
    known = {one.value: one for one in Group} | _ALIASES
    group = known.get(kind)
    if group is None:
        problem = f"nobody is invited by “{word[:64]}”"
        raise OperatorError(problem, remedy_for(kind, _WORDS))
    if (group in NAMED) != bool(name) or bool(colon) != bool(name) or not name.isprintable() or len(name) > 200:
        problem = f"“{word[:64]}” does not say whom"
        raise OperatorError(problem, f"Write one of {', '.join(_WORDS)}")
    return Rule(group=group, name=name)


def rule_word(rule: Rule) -> str:
    """A rule as it is written."""
    return f"{rule.group.value}:{rule.name}" if rule.group in NAMED else rule.group.value


def _preset(word: str, names: Names) -> frozenset[Rule]:
    kind, _, name = word.strip().partition(":")
    kind, name = kind.strip().lower(), composed(name)
    if kind in _PRESETS and not name:
        return _PRESETS[kind]
    if kind == "locality" and name:
        return frozenset({names(rule_from(f"region:{name}"))})
    if kind == "ministry-localities" and _SECTOR.fullmatch(name):
        label = name if name.startswith(f"{MINISTRY}-") else f"{MINISTRY}-{name}"
        return frozenset({names(Rule(group=Group.LABEL, name=label)), Rule(group=Group.LOCALITIES)})
    problem = f"there is no audience “{word[:64]}”"
    raise OperatorError(problem, remedy_for(kind, PRESETS) + f"; leaders' sites have the label “{LEADERS}”")
