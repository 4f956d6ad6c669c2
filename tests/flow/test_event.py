import json
from typing import Any

import pytest

from flow.event import Event, EventKind, Severity, severity_of

EVENT = Event(
    wall_ns=5, channel="hop", kind=EventKind.TAKE, severity=Severity.INFO, who="lan",
    data={"feed": 2, "shown": "testcard:", "why": "thử"},
)


def test_an_event_survives_the_wire() -> None:
    assert Event.from_json(json.loads(json.dumps(EVENT.to_json()))) == EVENT


def test_what_a_newer_worker_adds_is_passed_over() -> None:
    assert Event.from_json({**EVENT.to_json(), "mood": "fine"}) == EVENT


@pytest.mark.parametrize("change", [
    {"kind": "dance"}, {"severity": "grave"}, {"data": []}, {"wall_ns": "now"}, {"wall_ns": None},
])
def test_what_is_no_event_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Event.from_json({**EVENT.to_json(), **change})
    for other in ({}, [], "rubbish", None):
        with pytest.raises((KeyError, TypeError)):
            Event.from_json(other)


def test_the_slate_is_an_alarm_and_a_command_is_not() -> None:
    """F-05, F-18."""
    assert severity_of(EventKind.SLATE_ON) is Severity.ALARM
    assert severity_of(EventKind.BLACK) is Severity.WARNING
    assert severity_of(EventKind.CUT) is Severity.INFO
