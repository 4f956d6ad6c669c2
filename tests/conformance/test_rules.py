"""Each rule finds its fault, and nothing else complains; a rule without a fault may not exist."""

import asyncio

import pytest

from flow.profile import ProfileName
from tests.conformance import (
    iframe_faults,
    image_faults,
    key_faults,
    mark_faults,
    media_faults,
    playlist_faults,
    reload_faults,
)
from tests.conformance.faults import Fault
from tests.conformance.recording import Recording
from tests.conformance.scenes import eventful
from tests.conformance.suite import judge, rules

FAULTS = [
    *playlist_faults.of_grammar(), *playlist_faults.of_time(), *playlist_faults.of_parts(),
    *playlist_faults.of_gaps(),
    *playlist_faults.of_multivariants(), *playlist_faults.of_renditions(), *reload_faults.of_reloads(),
    *reload_faults.of_deltas(), *reload_faults.of_blocking(), *reload_faults.of_headers(),
    *reload_faults.of_shelf(), *mark_faults.of_marks(), *media_faults.of_boxes(), *media_faults.of_streams(),
    *media_faults.of_texts(), *iframe_faults.of_iframes(), *image_faults.of_images(),
]

KEY_FAULTS = key_faults.of_keys()

_WINDOW = 24
"""Seconds: long enough for everything to leave that can; the real one would be the same many times over."""


@pytest.fixture(scope="module")
def good() -> Recording:
    return asyncio.run(eventful(ProfileName.LOW, rungs=2, groups=2, window_s=_WINDOW, captions=True))


def test_every_rule_has_a_fault_and_a_source() -> None:
    assert set(rules()) == {one.rule for one in (*FAULTS, *KEY_FAULTS)}
    assert [name for name, rule in rules().items() if not rule.__doc__] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.rule)
def test_a_fault_is_found_by_its_rule_and_no_other(good: Recording, fault: Fault) -> None:
    assert set(judge(fault.spoil(good))) == {fault.rule, *fault.also}


@pytest.fixture(scope="module")
def encrypted() -> Recording:
    return asyncio.run(eventful(ProfileName.LOW, window_s=_WINDOW, captions=True, key_period_s=12))


@pytest.mark.parametrize("fault", KEY_FAULTS, ids=lambda one: one.rule)
def test_a_fault_of_encryption_is_found_by_its_rule_and_no_other(encrypted: Recording, fault: Fault) -> None:
    """T-16."""
    assert set(judge(fault.spoil(encrypted))) == {fault.rule, *fault.also}
