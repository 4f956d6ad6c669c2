"""The rules that the text of playlists alone keeps or breaks, for tests that have no viewer and no clock."""

import itertools
from collections.abc import Iterable, Mapping
from types import ModuleType

from tests.conformance import (
    delta_rules,
    gap_rules,
    grammar_rules,
    key_rules,
    part_rules,
    reload_rules,
    rendition_rules,
    time_rules,
)
from tests.conformance.answer import Answer
from tests.conformance.recording import Delta, Recording, Terms
from tests.conformance.suite import Rule, rules

_NOT_OF_TEXTS = {
    "dates_are_near_now", "segments_come_in_time", "parts_come_in_time",  # there is no clock
    "hints_are_kept",  # one may be given up: whoever asked for it is told
    "parts_are_listed_up_to_the_edge",  # a headend that has just begun anew has none
    "reports_name_every_other_rendition",  # `complete` asks for it: at first not all have begun
}


def _of(*modules: ModuleType) -> tuple[Rule, ...]:
    return tuple(rule for name, rule in rules(*modules).items() if name not in _NOT_OF_TEXTS)


_OF_ONE = _of(grammar_rules, time_rules, part_rules, gap_rules)
_OF_RENDITIONS = (
    *_of(rendition_rules), key_rules.a_time_has_one_key_in_all_renditions, key_rules.the_iv_is_the_number,
)
_OF_UPDATES = _of(reload_rules, gap_rules)
_OF_DELTAS = _of(delta_rules, grammar_rules)
_OVER_LIVES = (
    reload_rules.listed_segments_never_change, reload_rules.parts_of_a_segment_never_change,
    reload_rules.sequence_numbers_count_what_left, gap_rules.what_is_lost_stays_lost,
)


def problems(text: str) -> list[str]:
    """What is wrong with one media playlist."""
    return _told(_OF_ONE, {"": (text,)})


def across(texts: Mapping[str, str]) -> list[str]:
    """What is wrong between all renditions of one moment, by their names."""
    return _told(_OF_RENDITIONS, _each(texts))


def complete(texts: Mapping[str, str]) -> list[str]:
    """The same when every rendition has begun."""
    return [*across(texts), *_told((rendition_rules.reports_name_every_other_rendition,), _each(texts))]


def between(*texts: str) -> list[str]:
    """What changed from one answer for a playlist to the next that may not. A disk may lose media."""
    return _told(_OF_UPDATES, {"": texts})


def between_lives(old: str, new: str) -> list[str]:
    """The same over a headend's restart: what was not kept of the open segment has left."""
    return _told(_OVER_LIVES, {"": (old, new)})


def of_update(delta: str, full: str, held: str = "") -> list[str]:
    """What is wrong with a delta beside the full playlist of the same moment, for who holds an older one."""
    answers = [_answer("", text) for text in (held or full, delta, full)]
    update = Delta(held=answers[0], delta=answers[1], full=answers[2])
    return _told(_OF_DELTAS, {}, deltas=(update,))


def _each(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {name: (text,) for name, text in texts.items()}


def _told(
    every: Iterable[Rule], texts: Mapping[str, Iterable[str]], deltas: tuple[Delta, ...] = (),
) -> list[str]:
    reloads = {name: tuple(_answer(name, text) for text in seen) for name, seen in texts.items()}
    terms = Terms(segment=0, part=0, losses=True)
    recording = Recording(terms=terms, multivariants={}, reloads=reloads, deltas=deltas)
    return list(dict.fromkeys(itertools.chain.from_iterable(rule(recording) for rule in every)))


def _answer(name: str, text: str) -> Answer:
    return Answer(
        path=f"{name}/index.m3u8", status=200, headers={}, body=text.encode(), asked=0.0, began=0.0, came=0.0,
    )
