"""`xacast ladder`."""

import pytest

from desk.cli import run
from transcode.presets import ladder_names


def test_every_ladder_is_listed_with_its_renditions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(ladder_names())
    tiny = next(line for line in lines if line.startswith("tiny"))
    assert "426x240@25" in tiny
    assert "426x240 (250), sound (64)" in tiny
