"""What is wrong is said before anything is started."""

import socket
from pathlib import Path

import pytest

from desk.errors import PortTakenError
from desk.listener import Listener
from desk.preflight import LEAST_FREE, check_disk, check_ports, free_bytes, port_trouble
from desk.settings import Settings
from flow.errors import OperatorError

FREE = Listener("127.0.0.1", 0)


def settings(data: Path, viewers: Listener = FREE) -> Settings:
    return Settings(data=data, viewers=viewers, operators=FREE, machines=FREE)


def test_free_ports_are_no_trouble(tmp_path: Path) -> None:
    check_ports(settings(tmp_path))


def test_a_port_in_use_is_named_with_its_way_out(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        taken = Listener("127.0.0.1", other.getsockname()[1])
        with pytest.raises(PortTakenError, match="XACAST_VIEWERS") as caught:
            check_ports(settings(tmp_path, taken))
    assert caught.value.name == "viewers"
    assert "is in use" in caught.value.problem


def test_an_address_that_is_not_ours_is_told() -> None:
    assert "cannot be opened" in port_trouble(Listener("192.0.2.1", 0))


def test_a_full_disk_refuses_to_start(tmp_path: Path) -> None:
    """F-21."""
    check_disk(settings(tmp_path), lambda _path: LEAST_FREE)
    with pytest.raises(OperatorError, match="is full: 255 MiB free, 256 needed"):
        check_disk(settings(tmp_path), lambda _path: LEAST_FREE - 1)


def test_room_is_known_before_the_folder_is_made(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "not" / "yet") > 0
