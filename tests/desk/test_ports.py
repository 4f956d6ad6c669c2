"""Ports are read as they were written, and never half."""

from pathlib import Path

import pytest

from desk.listener import Listener
from desk.ports import FILE, Ports

PORTS = Ports(
    viewers=Listener("0.0.0.0", 8080), operators=Listener("127.0.0.1", 8090), machines=Listener("::1", 8070),
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    PORTS.write(tmp_path / "run")
    assert Ports.read(tmp_path / "run") == PORTS
    Ports.forget(tmp_path / "run")
    Ports.forget(tmp_path / "run")
    assert Ports.read(tmp_path / "run") is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"viewers": 1}', "3", '{"viewers": "x"}'])
def test_rubbish_is_no_ports(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    assert Ports.read(tmp_path) is None
