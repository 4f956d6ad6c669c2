"""T-08: a decoder that a stranger has taken over reaches nothing.

The half that needs bubblewrap is skipped, and says so, on a machine where it is not installed (`apt install
bubblewrap`) or not let make namespaces; the other half always runs.
"""

import json
import os
import platform
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import tests.desk.escape
from desk.cage import Level, kernel_refuses
from desk.system import SystemSpawn
from flow.cage import Cage
from tests.desk.caging import ask, spawn_at
from tests.desk.escape import names

PROBE = str(Path(tests.desk.escape.__file__))
LIMITS_LEAVE = {"host_name"}
"""What limits do not refuse to anybody: the machine's name."""
TO_ITS_OWNER = {"change_mode"}
"""And what they do not refuse to the owner of the feed's file: its mode and times, not its content."""
ALWAYS = {
    "other_user", "other_groups", "other_root", "mount", "unmount", "pivot", "load_module", "load_kernel",
    "reboot", "set_clock", "swap", "accounting", "make_device", "more_weight", "real_time", "wider_limits",
    "memory_bomb", "many_files", "core_dump", "environment", "handed_files",
}
"""What limits and missing rights refuse on any kernel."""


@pytest.fixture
def targets(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A machine worth breaking into."""
    for folder in (tmp_path, tmp_path / "feeds", tmp_path / "other"):
        folder.mkdir(exist_ok=True)
    for name in ("feeds/feed", "feeds/beside", "registry", "other/segment"):
        (tmp_path / name).write_text("a secret", "utf-8")
    with ExitStack() as open_ones:
        tcp = open_ones.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = open_ones.enter_context(socket.socket(type=socket.SOCK_DGRAM))
        abstract, path = (open_ones.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(2))
        udp.bind(("127.0.0.1", 0))
        abstract.bind(f"\0xacast-{os.getpid()}")
        path.bind(str(tmp_path / "feeds" / "socket"))
        abstract.listen()
        path.listen()
        yield {
            "feed": str(tmp_path / "feeds/feed"), "beside": str(tmp_path / "feeds/beside"),
            "folder": str(tmp_path / "feeds"), "registry": str(tmp_path / "registry"),
            "other": str(tmp_path / "other"), "socket": str(tmp_path / "feeds" / "socket"),
            "abstract": f"xacast-{os.getpid()}", "tcp": tcp.getsockname()[1], "udp": udp.getsockname()[1],
            "parent": os.getpid(), "tasks": 300, "files": 256, "memory": 3 * 2**30, "node": platform.node(),
        }


def tried(spawn: SystemSpawn, targets: dict[str, Any], *only: str) -> dict[str, str]:
    """Each probe's answer, with whatever stands open in this process standing open."""
    held = os.open(targets["registry"], os.O_RDONLY)
    os.set_inheritable(held, True)
    try:
        answer = ask(
            spawn, [sys.executable, "-I", PROBE, "FD", json.dumps(targets), *only],
            Cage(read=(PROBE, targets["feed"])),
        )
    finally:
        os.close(held)
    assert answer.status == 0, answer.words
    told: dict[str, str] = json.loads(answer.out)
    return told


def open_ones(told: dict[str, str]) -> set[str]:
    return {name for name, answer in told.items() if not answer.startswith("refused")}


def test_there_are_probes_enough() -> None:
    assert len(names()) >= 80


def test_in_bubblewrap_everything_is_refused(
    targets: dict[str, Any], monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-08. And nothing of it was seen outside."""
    spawn = spawn_at(Level.BUBBLEWRAP, monkeypatch)
    monkeypatch.setenv("CANARY", "a secret")
    told = tried(spawn, targets)
    assert set(told) == set(names())
    assert open_ones(told) == set(), told
    assert sorted(path.name for path in Path(targets["folder"]).iterdir()) == ["beside", "feed", "socket"]
    assert Path(targets["feed"]).read_text("utf-8") == "a secret"
    assert not Path(f"/tmp/escaped-{os.getpid()}").exists()


def test_with_limits_alone_this_is_refused(targets: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """T-08: what holds without bubblewrap, exactly."""
    spawn = spawn_at(Level.LIMITS, monkeypatch)
    monkeypatch.setenv("CANARY", "a secret")
    told = tried(spawn, targets)
    if kernel_refuses() == (True, True):
        assert open_ones(told) - TO_ITS_OWNER == LIMITS_LEAVE, told
    else:
        assert open_ones(told) & ALWAYS == set(), told
    assert Path(targets["feed"]).read_text("utf-8") == "a secret"


def test_the_probes_find_what_is_open(targets: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside of a cage those that are harmless reach what they are after: a refusal says something."""
    monkeypatch.setenv("CANARY", "a secret")
    harmless = (
        "read_registry", "read_other_channel", "read_file_beside", "read_round_about", "list_folder", "write_feed",
        "write_beside", "change_mode", "connect_loopback", "send_datagram", "connect_abstract", "connect_path",
        "listen", "parent_environment", "parent_files", "parent_command", "other_processes", "signal_parent",
        "signal_parent_thread", "spawn", "fork_bomb", "memory_bomb", "environment", "host_name",
    )
    told = tried(SystemSpawn("off"), targets, *harmless)
    assert open_ones(told) == set(harmless), told
