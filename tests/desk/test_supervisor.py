"""The supervisor, over tiny stand-ins for headend and workers."""

import contextlib
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import desk.supervisor
from desk.listener import Listener
from desk.lock import Lock
from desk.ports import Ports
from desk.registry import Registry
from desk.settings import Settings
from desk.supervisor import DOOR, HEADEND, Supervisor, wanted
from flow.errors import OperatorError
from flow.ids import ChannelId
from tests.desk.samples import channel
from tests.desk.test_system import gone

FREE = Listener("127.0.0.1", 0)
PORTS = Ports(viewers=FREE, operators=FREE, machines=Listener("127.0.0.1", 8070))
STAND_IN = """
import os, sys, time
from pathlib import Path
data, name = Path(os.environ["XACAST_DATA"]), sys.argv[1]
(data / f"{name}.told").write_text(sys.stdin.read())
if name == "desk.headend_main":
    ports = data / "run" / "ports.json"
    ports.write_text('{"viewers": "127.0.0.1:0", "operators": "127.0.0.1:0", "machines": "127.0.0.1:8070"}')
(data / f"{'-'.join(sys.argv[1:3]).removesuffix('---secrets')}.pid").write_text(str(os.getpid()))
time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(
        desk.supervisor, "command", lambda module, *words: (sys.executable, "-c", STAND_IN, module, *words),
    )
    return Settings(data=tmp_path, viewers=FREE, operators=FREE, machines=FREE)


def test_workers_wait_for_the_headends_address() -> None:
    assert set(wanted(None, {"a": 1})) == {HEADEND}
    children = wanted(PORTS, {"a": 1})
    assert set(children) == {HEADEND, "worker a"}
    assert children["worker a"].argv[-3:] == ("a", "--headend", "http://127.0.0.1:8070")


def test_a_channel_of_two_workers_has_two_children() -> None:
    children = wanted(PORTS, {"a": 1, "b": 1}, pairs={"a"})
    assert set(children) == {HEADEND, "worker a", "worker a 2", "worker b"}
    assert children["worker a 2"].argv == (*children["worker a"].argv, "--worker", "1")


def test_a_door_runs_while_a_channel_waits_for_a_publisher() -> None:
    assert set(wanted(None, {}, door=True)) == {HEADEND, DOOR}


def test_a_publishers_port_that_is_taken_is_told_and_keeps_nothing_off_the_air(
    settings: Settings, caplog: pytest.LogCaptureFixture,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = Listener("127.0.0.1", other.getsockname()[1])
        desk.supervisor._warn_of_door(replace(settings, rtmp=taken))
    assert "no publisher can come" in caplog.text
    assert "XACAST_RTMP" in caplog.text


def test_a_channel_declared_anew_is_another_revision() -> None:
    assert wanted(PORTS, {"a": 1})["worker a"].revision != wanted(PORTS, {"a": 2})["worker a"].revision


@contextlib.contextmanager
def alongside(supervisor: Supervisor, steps: Callable[[], None]) -> Iterator[None]:
    """Runs `steps` on another thread, then stops the supervisor; what the steps raise is raised here."""
    raised: list[BaseException] = []

    def go() -> None:
        try:
            steps()
        except BaseException as error:  # noqa: BLE001 - raised again on the test's own thread
            raised.append(error)
        finally:
            supervisor.stop()

    thread = threading.Thread(target=go)
    thread.start()
    yield
    thread.join()
    if raised:
        raise raised[0]


def pid_in(file: Path, other_than: int = 0) -> int:
    """The number in a file, once there is one; the test's time limit is the limit."""
    while True:
        with contextlib.suppress(OSError, ValueError):
            if (pid := int(file.read_text())) != other_than:
                return pid
        time.sleep(0.01)


def test_it_keeps_what_the_registry_wants_and_leaves_nothing(settings: Settings) -> None:
    """F-01: what is killed comes back; what is removed goes; at the end nothing is left."""
    registry = Registry(settings.database)
    registry.add(channel("a"), revision=1)
    supervisor = Supervisor(settings)
    pids: list[int] = []

    def steps() -> None:
        headend, worker = settings.data / "desk.headend_main.pid", settings.data / "desk.worker_main-a.pid"
        first = pid_in(worker)
        os.kill(first, signal.SIGKILL)
        pids.extend([pid_in(headend), first, pid_in(worker, other_than=first)])
        registry.add(channel("b"), revision=2)
        other = pid_in(settings.data / "desk.worker_main-b.pid")
        registry.remove(ChannelId("b"))
        assert gone(other)
        os.kill(pids[0], 0)

    opened: list[Ports] = []
    with alongside(supervisor, steps):
        supervisor.run(opened=opened.append)
    registry.close()
    assert [one.machines.port for one in opened] == [8_070]
    assert len(pids) == 3
    assert all(gone(pid) for pid in pids)
    assert Ports.read(settings.run) is None


def test_what_is_secret_is_told_to_the_headend_alone_and_is_in_no_environment(
    settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-11: also when the operator gave it by the environment."""
    secret = "https://h.example/hook?token=canary-12ab"
    monkeypatch.setenv("XACAST_EVENT_ADDRESS", secret)
    registry = Registry(settings.database)
    registry.add(channel("a"), revision=1)
    supervisor = Supervisor(replace(settings, event_address=secret))

    def steps() -> None:
        for name in ("desk.headend_main", "desk.worker_main-a"):
            pid = pid_in(settings.data / f"{name}.pid")
            assert b"canary" not in Path(f"/proc/{pid}/environ").read_bytes()
        assert json.loads((settings.data / "desk.headend_main.told").read_text()) == {
            "event_address": secret, "database_url": "",
        }
        assert (settings.data / "desk.worker_main.told").read_text() == ""

    with alongside(supervisor, steps):
        supervisor.run()
    registry.close()


def test_sigterm_stops_it_and_the_old_handlers_come_back(settings: Settings) -> None:
    supervisor = Supervisor(settings)
    before = signal.getsignal(signal.SIGTERM)

    def steps() -> None:
        pid_in(settings.data / "desk.headend_main.pid")
        os.kill(os.getpid(), signal.SIGTERM)
        while not supervisor.stopping:
            time.sleep(0.005)

    with alongside(supervisor, steps):
        supervisor.run()
    assert not supervisor.interrupted
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_hangup_has_settings_read_again_where_there_is_no_terminal(
    settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-44: a service that is asked to reload stays up."""
    asked: list[Settings] = []
    monkeypatch.setattr(desk.supervisor, "hangup_ends", lambda: False)
    monkeypatch.setattr(desk.supervisor, "reload_beside", asked.append)
    supervisor = Supervisor(settings)
    before = signal.getsignal(signal.SIGHUP)

    def steps() -> None:
        first = pid_in(settings.data / "desk.headend_main.pid")
        os.kill(os.getpid(), signal.SIGHUP)
        while not asked:
            time.sleep(0.005)
        assert not supervisor.stopping
        os.kill(first, 0)

    with alongside(supervisor, steps):
        supervisor.run()
    assert asked == [settings]
    assert signal.getsignal(signal.SIGHUP) is before


def test_a_closed_terminal_stops_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.supervisor, "hangup_ends", lambda: True)
    supervisor = Supervisor(settings)

    def steps() -> None:
        pid_in(settings.data / "desk.headend_main.pid")
        os.kill(os.getpid(), signal.SIGHUP)
        while not supervisor.stopping:
            time.sleep(0.005)

    with alongside(supervisor, steps):
        supervisor.run()
    assert not supervisor.interrupted


def test_a_second_one_is_refused_with_nothing_started(settings: Settings) -> None:
    with Lock(settings.run), pytest.raises(OperatorError, match="up already"):
        Supervisor(settings).run()
    assert not (settings.data / "desk.headend_main.pid").exists()


def test_a_taken_port_refuses_with_nothing_started(settings: Settings, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        taken = Listener("127.0.0.1", other.getsockname()[1])
        with pytest.raises(OperatorError, match="is in use"):
            Supervisor(Settings(data=tmp_path, viewers=taken, operators=FREE, machines=FREE)).run()
    assert not settings.database.exists()
