"""Waiting until a channel can be watched."""

from typing import Any

import pytest

from desk.waiting import await_channel, waiting_for


def shown(*, playlist: bool = True, fresh: bool = True, on_air: str = "live", why: str = "") -> dict[str, Any]:
    status = {"on_air": on_air, "run": 1, "feeds": [{"why": why}]}
    return {"playlist": playlist, "fresh": fresh, "remote": False, "worker": {"status": status}}


NOT_YET = {"playlist": False, "fresh": False, "remote": False, "worker": {"status": None}}


@pytest.mark.parametrize(("report", "step"), [
    (NOT_YET, "starting the worker"),
    ({**NOT_YET, "remote": True}, "waiting for the worker elsewhere"),
    (shown(playlist=False), "waiting for the first segment"),
    (shown(fresh=False), "waiting for the first segment"),
    ({**NOT_YET, "playlist": True}, "starting the worker"),
    (shown(on_air="slate"), "waiting for the feed"),
    (shown(on_air="slate", why="nobody answers"), ""),
    (shown(), ""),
])
def test_each_step_has_its_words(report: dict[str, Any], step: str) -> None:
    assert waiting_for(report) == step


class Steps:
    """Reports one after the other, and a clock that each wait puts forward."""

    def __init__(self, *reports: dict[str, Any]) -> None:
        self._reports = list(reports)
        self.time = 0.0
        self.told: list[str] = []

    def show(self) -> dict[str, Any]:
        return self._reports.pop(0) if len(self._reports) > 1 else self._reports[0]

    def sleep(self, seconds: float) -> None:
        self.time += seconds

    def wait(self) -> dict[str, Any]:
        return await_channel(self.show, tell=self.told.append, now=lambda: self.time, sleep=self.sleep)


def test_each_step_is_told_once() -> None:
    steps = Steps(NOT_YET, NOT_YET, shown(playlist=False), shown(on_air="slate"), shown())
    assert steps.wait() == shown()
    assert steps.told == ["starting the worker", "waiting for the first segment", "waiting for the feed"]


def test_a_feed_that_is_not_there_is_not_waited_for() -> None:
    steps = Steps(shown(playlist=False), shown(on_air="slate", why="nobody answers"))
    steps.wait()
    assert steps.time < 1


def test_patience_ends() -> None:
    steps = Steps(NOT_YET)
    assert steps.wait() == NOT_YET
    assert 20 <= steps.time < 21
