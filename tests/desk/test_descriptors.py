"""Descriptors: as many as the machine gives, and some for others than viewers."""

import resource
import subprocess
import sys

import pytest

from desk.descriptors import RESERVE, raise_limit, room_for_viewers


def test_the_soft_limit_becomes_the_hard_one() -> None:
    """T-18."""
    code = (
        "import resource; from desk.descriptors import raise_limit;"
        "_, hard = resource.getrlimit(resource.RLIMIT_NOFILE);"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard));"
        "assert raise_limit() == hard == resource.getrlimit(resource.RLIMIT_NOFILE)[0]"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_limit_that_cannot_be_lifted_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(resource, "setrlimit", forbid)
    assert raise_limit() == resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def test_viewers_leave_room_for_operators_and_machines() -> None:
    """T-18."""
    assert room_for_viewers(4096) == 4096 - RESERVE
    assert room_for_viewers(100) > 0
