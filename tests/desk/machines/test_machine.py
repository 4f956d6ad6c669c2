"""What a machine may ask, by what it is there for."""

import pytest

from desk.machines.certified import Certified
from desk.machines.machine import Kind, Machine


@pytest.mark.parametrize(("path", "kinds"), [
    ("/ingest/hop", {Kind.WORKER, Kind.LOCAL}), ("/worker/hop/definition", {Kind.WORKER, Kind.LOCAL}),
    ("/live/hop/index.m3u8", {Kind.EDGE, Kind.LOCAL}), ("/access/keys", {Kind.EDGE, Kind.LOCAL}),
    ("/ingestion", {Kind.LOCAL}),
])
def test_each_kind_has_its_own_business(path: str, kinds: set[Kind]) -> None:
    """T-24."""
    assert {kind for kind in Kind if kind.may(path)} == kinds


def test_it_is_read_as_it_was_written() -> None:
    shown = tuple(Certified(fingerprint=one, ends=end) for one, end in (("0e", 7), ("0f", 9)))
    machine = Machine(name="a", kind=Kind.EDGE, key="k", made=1, revoked=2, certificates=shown)
    assert Machine.from_json(machine.to_json()) == machine
    assert machine.ends == 9


def test_one_of_an_earlier_version_has_no_certificate() -> None:
    words = {"name": "a", "kind": "worker", "key": "k", "made": 1, "revoked": 0, "serials": []}
    machine = Machine.from_json(words)
    assert (machine.certificates, machine.ends) == ((), 0)
