"""A worker's status on the wire."""

import json
from dataclasses import replace

import pytest

from flow.layout import Layout
from flow.standing import Standing
from flow.status import WorkerStatus
from tests.desk.samples import worker_status


def test_what_is_written_is_read() -> None:
    status = replace(worker_status(), standing=Standing(held=1, layout=Layout.PIP))
    assert WorkerStatus.from_json(json.loads(json.dumps(status.to_json()))) == status


@pytest.mark.parametrize("change", [
    {"feeds": [{"kind": "carrier pigeon", "shown": "x", "state": "live"}]}, {"feeds": 3},
    {"feeds": ["a"]}, {"headends": ["a"]}, {"cage": 1},
])
def test_what_is_no_status_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        WorkerStatus.from_json({**worker_status().to_json(), **change})


def test_a_missing_word_is_refused() -> None:
    data = worker_status().to_json()
    del data["ticks"]
    with pytest.raises((KeyError, TypeError)):
        WorkerStatus.from_json(data)


def test_what_a_newer_worker_says_beside_it_is_passed_over() -> None:
    status = worker_status()
    data = status.to_json()
    data["unheard_of"] = 1
    data["feeds"][0]["unheard_of"] = 2
    assert WorkerStatus.from_json(json.loads(json.dumps(data))) == status
