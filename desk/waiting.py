"""Waits until viewers can open a channel."""

import time
from collections.abc import Callable
from typing import Any

PATIENCE = 20.0
LOOK = 0.2


def await_channel(
    show: Callable[[], dict[str, Any]], *, patience: float = PATIENCE,
    tell: Callable[[str], None] = lambda _: None,
    now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep,
) -> dict[str, Any]:
    """The channel's report once it shows what comes in, or says why nothing does, or when patience ends.

    `show` fetches the report; `tell` hears what is being waited for, each time that changes.
    """
    deadline = now() + patience
    told = ""
    while True:
        report = show()
        step = waiting_for(report)
        if not step or now() >= deadline:
            return report
        if step != told:
            tell(step)
            told = step
        sleep(LOOK)


def waiting_for(report: dict[str, Any]) -> str:
    """What still has to happen, in words; empty when there is nothing to wait for."""
    status = report["worker"]["status"]
    if not status:
        return "waiting for the worker elsewhere" if report["remote"] else "starting the worker"
    if not (report["playlist"] and report["fresh"]):
        return "waiting for the first segment"
    if status["on_air"] != "live" and not any(feed["why"] for feed in status["feeds"]):
        return "waiting for the feed"
    return ""
