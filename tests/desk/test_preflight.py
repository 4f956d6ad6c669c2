"""What is wrong is said before anything is started."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from desk.errors import AnotherRunsError, PortTakenError
from desk.ffmpeg import find_ffmpeg
from desk.listener import Listener
from desk.preflight import (
    LEAST_FREE,
    check_data,
    check_disk,
    check_file,
    check_ports,
    check_reach,
    free_bytes,
    port_trouble,
)
from desk.settings import Settings
from desk.system import SystemSpawn
from flow.errors import OperatorError
from ingest.kinds import feed_of
from ingest.means import Means
from ingest.reach.reach import Reach
from tests.desk.samples import channel

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


def test_a_whole_xacast_that_runs_already_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as one, socket.socket() as two:
        taken = []
        for other in (one, two):
            other.bind(("127.0.0.1", 0))
            other.listen(1)
            taken.append(Listener("127.0.0.1", other.getsockname()[1]))
        both = Settings(data=tmp_path, viewers=taken[0], operators=taken[1], machines=FREE)
        with pytest.raises(AnotherRunsError, match=f"{taken[0].port}, {taken[1].port}"):
            check_ports(both)


def test_a_data_directory_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OperatorError, match="nothing can be written to"):
        check_data(settings(tmp_path / "file" / "data"))
    check_data(settings(tmp_path / "new" / "data"))
    assert list((tmp_path / "new" / "data").iterdir()) == []


def test_a_channel_is_not_fed_by_itself() -> None:
    reach = Reach.of(own=[("0.0.0.0", 8080)])
    loop = replace(channel(), feeds=(feed_of("http://127.0.0.1:8080/live/hop/index.m3u8"),))
    with pytest.raises(OperatorError, match=r"can never come: .* a listener of xacast itself"):
        check_reach(loop, reach)
    check_reach(channel(), reach)


def test_a_file_without_a_picture_is_refused_before_it_is_on_air(tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("no film")
    means = Means(spawn=SystemSpawn(), ffmpeg=find_ffmpeg("").path)
    with pytest.raises(OperatorError, match=r"notes\.mp4 cannot be shown: .*Give a file with a picture"):
        check_file(feed_of(str(text)), means)
    check_file(feed_of("testcard:"), means)
