"""What a ladder costs, found out by a short encode."""

import os
import threading
from pathlib import Path

import pytest

from flow.errors import ToolError
from flow.profile import PROFILES, ProfileName
from transcode.presets import load_ladder
from transcode.trial import measure_cost

LOW = PROFILES[ProfileName.LOW]


@pytest.mark.line
def test_the_tiny_ladder_costs_a_fraction_of_a_core(ffmpeg: str) -> None:
    assert 0 < measure_cost(load_ladder("tiny"), LOW, ffmpeg) < 1


def test_a_tool_that_is_not_there_is_named() -> None:
    with pytest.raises(ToolError, match="/nowhere/ffmpeg failed"):
        measure_cost(load_ladder("tiny"), LOW, "/nowhere/ffmpeg")


def test_a_tool_that_fails_is_reported() -> None:
    with pytest.raises(ToolError, match="status 1"):
        measure_cost(load_ladder("tiny"), LOW, "/bin/false")


def test_an_interrupted_trial_leaves_neither_a_child_nor_a_thread_to_wait_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    endless = tmp_path / "ffmpeg"
    endless.write_text("#!/bin/sh\nexec 2>/dev/null\nexec sleep 600\n")
    endless.chmod(0o755)
    children = []

    def interrupted(pid: int, _options: int) -> None:
        children.append(pid)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "wait4", interrupted)
    with pytest.raises(KeyboardInterrupt):
        measure_cost(load_ladder("tiny"), LOW, str(endless))
    assert not Path(f"/proc/{children[0]}").exists()
    assert [thread for thread in threading.enumerate() if not thread.daemon] == [threading.main_thread()]
