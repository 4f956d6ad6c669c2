"""A file that is wanted once, over a real machine: its end outlives the worker."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from desk.ffmpeg import find_ffmpeg
from tests.desk.line import Line, until

pytestmark = pytest.mark.line


def states(line: Line) -> list[str]:
    status: dict[str, Any] = line.report()["worker"]["status"] or {}
    return [feed["state"] for feed in status.get("feeds", ())]


def test_a_film_that_was_played_once_is_not_begun_again_by_a_new_worker(tmp_path: Path) -> None:
    """F-01: nor after the whole machine came back."""
    film = tmp_path / "opening.mp4"
    subprocess.run([
        find_ffmpeg("").path, "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=1", "-c:v", "libx264",
        "-preset", "ultrafast", "-pix_fmt", "yuv420p", film,
    ], check=True)
    line = Line(tmp_path / "data")
    line.up()
    try:
        feeds = ("--feed", f"once:{film}", "--feed", "testcard:")
        assert line.xacast("start", "demo", "--open", *feeds, "--ladder", "tiny", "--force").returncode == 0
        until(lambda: states(line) == ["stopped", "live"], 20, "the film did not end")
        pid = line.pid("worker")
        line.kill("worker")
        until(lambda: line.pid("worker") != pid and states(line)[1:] == ["live"], 15, "no worker came back")
        assert states(line) == ["stopped", "live"]
        assert not line.report()["worker"]["status"]["feeds"][0]["restarts"]
        line.down()
        line.up()
        until(lambda: states(line)[1:] == ["live"], 15, "the channel did not come back")
        assert states(line) == ["stopped", "live"]
    finally:
        line.down()
