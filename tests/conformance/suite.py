"""All rules, found where they are written, and a recording judged by them."""

import inspect
from collections.abc import Callable, Iterable
from types import ModuleType

from tests.conformance import (
    blocking_rules,
    box_rules,
    delta_rules,
    gap_rules,
    grammar_rules,
    header_rules,
    iframe_rules,
    image_rules,
    key_rules,
    mark_rules,
    multivariant_rules,
    part_rules,
    reload_rules,
    rendition_rules,
    shelf_rules,
    text_rules,
    time_rules,
    ts_rules,
)
from tests.conformance.opening import opened
from tests.conformance.recording import Recording

Rule = Callable[[Recording], Iterable[str]]

_MODULES: tuple[ModuleType, ...] = (
    grammar_rules, time_rules, part_rules, gap_rules, multivariant_rules, rendition_rules, reload_rules,
    delta_rules, blocking_rules, header_rules, shelf_rules, key_rules, box_rules, ts_rules, text_rules, mark_rules,
    iframe_rules, image_rules,
)
_INSIDE = {module.__name__ for module in (box_rules, ts_rules, text_rules, iframe_rules)}
"""They look into media, as who has the keys."""


def rules(*modules: ModuleType) -> dict[str, Rule]:
    """Every public function of the modules, of all without words, by name. Raises ValueError for a name that two
    have."""
    found: dict[str, Rule] = {}
    for module in modules or _MODULES:
        for name, one in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or one.__module__ != module.__name__:
                continue
            if name in found:
                message = f"two rules are called {name}"
                raise ValueError(message)
            found[name] = one
    return found


def judge(recording: Recording) -> dict[str, list[str]]:
    """What is wrong, by rule; a sentence that several answers earn is told once."""
    clear = opened(recording)
    told = {
        name: list(dict.fromkeys(rule(clear if rule.__module__ in _INSIDE else recording)))
        for name, rule in rules().items()
    }
    return {name: sentences for name, sentences in told.items() if sentences}
