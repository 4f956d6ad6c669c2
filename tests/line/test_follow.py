"""What a viewer that reads everything finds on the whole line."""

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest

from bench.machine import Machine
from tests.house.repository import ROOT
from tests.line.follow import follow


@pytest.mark.line
def test_every_part_and_segment_stands_on_the_grid_and_a_strict_parser_accepts_every_playlist(
    machine: Machine, tmp_path: Path
) -> None:
    seen = asyncio.run(follow(machine.viewers, "line", 8.0, tmp_path))
    assert [(one.rendition, one.problems) for one in seen] == [("v240", []), ("audio", [])]
    assert all(one.segments >= 3 and one.gaps == 0 and one.discontinuities == 0 for one in seen)
    node = shutil.which("node", path=f"{ROOT / '.venv' / 'bin'}:/usr/local/bin:/usr/bin:/bin") or "node"
    strict = subprocess.run(
        [node, "tests/line/strict.mjs", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False,
    )
    assert strict.returncode == 0, strict.stdout + strict.stderr
