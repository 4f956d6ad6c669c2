"""Each rule finds its fault, and nothing else complains; a rule without a fault may not exist."""

import asyncio

import pytest

from flow.profile import ProfileName
from tests.conformance import media_faults, playlist_faults, reload_faults
from tests.conformance.faults import Fault
from tests.conformance.recording import Recording
from tests.conformance.scenes import eventful
from tests.conformance.suite import judge, rules

FAULTS = [
    *playlist_faults.of_grammar(), *playlist_faults.of_time(), *playlist_faults.of_parts(),
    *playlist_faults.of_multivariants(), *playlist_faults.of_renditions(), *reload_faults.of_reloads(),
    *reload_faults.of_deltas(), *reload_faults.of_blocking(), *reload_faults.of_headers(),
    *reload_faults.of_shelf(),    *media_faults.of_boxes(), *media_faults.of_streams(), *media_faults.of_texts(),
]

_WINDOW = 24
"""Seconds: long enough for everything to leave that can; the real one would be the same many times over."""


@pytest.fixture(scope="module")
def good() -> Recording:
    return asyncio.run(eventful(ProfileName.LOW, rungs=2, groups=2, window_s=_WINDOW, captions=True))


def test_every_rule_has_a_fault_and_a_source() -> None:
    assert set(rules()) == {one.rule for one in FAULTS}
    assert [name for name, rule in rules().items() if not rule.__doc__] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.rule)
def test_a_fault_is_found_by_its_rule_and_no_other(good: Recording, fault: Fault) -> None:
    assert set(judge(fault.spoil(good))) == {fault.rule, *fault.also}
