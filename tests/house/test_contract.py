"""The import contract between the rooms, and the rules that a linter does not know."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.repository import ROOMS, ROOT, sources


def test_rooms_keep_to_the_import_contract() -> None:
    """In a process of its own: in this one it would silence the loggers of whatever is imported already."""
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_child_is_started_through_a_shell(path: Path) -> None:
    """T-05: argument lists only; no `shell=True`, no `os.system`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.keyword):
            assert node.arg != "shell"
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"system", "popen", "create_subprocess_shell"}


def test_the_wheel_lists_every_room() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert set(settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(ROOMS)


def test_every_locked_package_has_hashes() -> None:
    """T-39: the locks pin by hash, so that `pip install --require-hashes` refuses anything else."""
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text("utf-8")
        pinned = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert pinned
        assert all(line.rstrip().endswith("\\") for line in pinned), lock.name
