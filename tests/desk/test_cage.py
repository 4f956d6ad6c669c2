"""Real decoders in real cages, at both levels."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from subprocess import run

import pytest

from desk.cage import Cages, Level, kernel_refuses
from desk.ffmpeg import find_ffmpeg
from desk.settings import OFF, REQUIRE
from desk.system import SystemSpawn
from flow.cage import Cage
from flow.errors import ToolError
from tests.desk.caging import LEVELS, ask, spawn_at
from tests.desk.test_system import gone

PICTURE = 160 * 90 * 3 // 2
SLEEPER = ["sleep", "1000"]
PARENT = """
import sys, threading
from desk.system import SystemSpawn
from flow.cage import Cage
spawn = SystemSpawn()
child = spawn(["sleep", sys.argv[1]], cage=Cage())
print(child.pid, flush=True)
threading.Event().wait()
"""


@pytest.fixture(scope="module")
def binary() -> str:
    return find_ffmpeg("").path


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory, binary: str) -> Path:
    path = tmp_path_factory.mktemp("film") / "film.mkv"
    made = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=1", "-c:v", "libx264", "-pix_fmt", "yuv420p"]
    run([binary, "-v", "error", *made, str(path)], check=True, timeout=30)
    return path


def decode(binary: str, address: str) -> list[str]:
    return [binary, "-v", "error", "-nostdin", "-i", address, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:FD"]


def processes(mark: str) -> list[int]:
    """Processes with that word in their command."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "cmdline").read_text("utf-8", "replace").split("\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@pytest.mark.parametrize("level", LEVELS)
def test_ffmpeg_decodes_a_file_that_its_cage_names(
    level: Level, binary: str, film: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    spawn = spawn_at(level, monkeypatch)
    answer = ask(spawn, decode(binary, f"file:{film}"), Cage(read=(str(film),)))
    assert (answer.status, answer.words, len(answer.out)) == (0, "", 25 * PICTURE)


@pytest.mark.parametrize("level", LEVELS)
def test_a_file_that_it_does_not_name_cannot_be_opened(
    level: Level, binary: str, film: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-06, T-08."""
    spawn = spawn_at(level, monkeypatch)
    if level is Level.LIMITS and not kernel_refuses()[0]:
        pytest.skip("this kernel has no Landlock")
    answer = ask(spawn, decode(binary, f"file:{film}"), Cage())
    assert answer.status != 0
    assert answer.out == b""
    assert "No such file" in answer.words or "Permission denied" in answer.words


@pytest.mark.parametrize("level", LEVELS)
def test_ffmpeg_reads_a_pipe_that_it_was_given(
    level: Level, binary: str, film: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    spawn = spawn_at(level, monkeypatch)
    source, sink = os.pipe()
    end, into = os.pipe()
    argv = [word.replace("FD", str(into)) for word in decode(binary, f"pipe:{source}")]
    child = spawn(argv, cage=Cage(), pass_fds=[source, into])
    os.close(source)
    os.close(into)

    def feed() -> None:
        with os.fdopen(sink, "wb") as pipe:
            pipe.write(film.read_bytes())

    feeder = threading.Thread(target=feed)
    feeder.start()
    with os.fdopen(end, "rb") as pictures:
        assert len(pictures.read()) == 25 * PICTURE
    feeder.join()
    assert child.wait(10) == 0
    assert child.stderr is not None
    child.stderr.close()


@pytest.mark.parametrize("level", LEVELS)
def test_a_network_is_there_when_the_cage_says_so(level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    spawn = spawn_at(level, monkeypatch)  # where it is skipped, nobody shall wait for a caller
    code = "import os, socket as s; one = s.create_connection(('localhost', PORT), 5); os.write(FD, one.recv(9))"

    def greet(server: socket.socket) -> None:
        with server.accept()[0] as caller:
            caller.sendall(b"hello")

    with socket.create_server(("127.0.0.1", 0)) as server:
        code = code.replace("PORT", str(server.getsockname()[1]))
        answering = threading.Thread(target=greet, args=(server,), daemon=True)
        answering.start()
        argv = [sys.executable, "-I", "-S", "-c", code]
        answer = ask(spawn, argv, Cage(network=True))
        assert answer.out == b"hello", answer.words
        answering.join()


@pytest.mark.parametrize("level", LEVELS)
def test_the_test_card_runs_inside(level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    spawn = spawn_at(level, monkeypatch)
    sizes = ["--width", "160", "--height", "90", "--fps", "25", "--picture-fd", "FD", "--sound-fd", "2"]
    argv = [sys.executable, "-P", "-m", "ingest.testcard.main", *sizes, "--title", "Xã Tân Hội"]
    answer = ask(spawn, argv, Cage(), take=2 * PICTURE)
    assert len(answer.out) == 2 * PICTURE, answer.words


@pytest.mark.parametrize("level", LEVELS)
def test_a_cage_has_bounds_and_a_bare_environment(level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    """T-06, T-09, T-11."""
    monkeypatch.setenv("SECRET", "canary")
    code = (
        "import os, resource as r; os.write(FD, repr((r.getrlimit(r.RLIMIT_AS)[1],r.getrlimit(r.RLIMIT_NOFILE)[1],"
        "r.getrlimit(r.RLIMIT_FSIZE)[1], r.getrlimit(r.RLIMIT_CORE)[1], os.environ.get('SECRET'),"
        "os.getcwd())).encode())"
    )
    cage = Cage(memory=2**30, files=99)
    answer = ask(spawn_at(level, monkeypatch), [sys.executable, "-I", "-S", "-c", code], cage)
    assert answer.out.decode() == repr((2**30, 99, 0, 0, None, "/")), answer.words


@pytest.mark.parametrize("level", LEVELS)
def test_a_caged_child_stands_behind_us_for_the_processor(level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    """T-06: the encoder and the worker go first."""
    argv = [sys.executable, "-I", "-S", "-c", "import os; os.write(FD, str(os.nice(0)).encode())"]
    answer = ask(spawn_at(level, monkeypatch), argv, Cage())
    assert answer.out.decode() == str(min(19, os.nice(0) + Cage().nice)), answer.words


@pytest.mark.parametrize("level", LEVELS)
def test_a_caged_child_has_its_share_of_the_cores_and_cannot_take_more(
    level: Level, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-06: as many threads as it may begin, the others' cores stay theirs."""
    first = min(os.sched_getaffinity(0))
    monkeypatch.setattr("desk.fence.core_share", lambda: [first])
    code = (
        "import os\ntry:\n os.sched_setaffinity(0, range(os.cpu_count()))\nexcept PermissionError:\n"
        " os.write(FD, repr(os.sched_getaffinity(0)).encode())"
    )
    answer = ask(spawn_at(level, monkeypatch), [sys.executable, "-I", "-S", "-c", code], Cage())
    assert answer.out.decode() == repr({first}), answer.words


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("code", "status"), [
    ("raise SystemExit(3)", 3), ("import os; os.abort()", -signal.SIGABRT),
    ("import ctypes; ctypes.string_at(0)", -signal.SIGSEGV),
])
def test_how_it_ended_is_told(level: Level, code: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-01."""
    answer = ask(spawn_at(level, monkeypatch), [sys.executable, "-I", "-S", "-c", code], Cage())
    assert answer.status == status


@pytest.mark.parametrize("level", LEVELS)
def test_a_kill_reaches_the_program_whenever_it_comes(level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-01: from the first moment on, while the cage is built, until it stands."""
    spawn = spawn_at(level, monkeypatch)
    pause = threading.Event()
    mark = f"1000.{os.getpid()}"
    for number in range(24):
        child = spawn(["sleep", mark], cage=Cage())
        pause.wait(0.0025 * number)
        child.kill()
        assert child.wait(5) == -signal.SIGKILL
        assert child.stderr is not None
        child.stderr.close()
    assert all(gone(pid) for pid in processes(mark))


@pytest.mark.parametrize("delay", [0.0, 0.015, 0.03, 0.5])
def test_a_killed_parent_takes_caged_children_along(delay: float) -> None:
    """F-01: `kill -9` leaves nothing behind, at the level of this machine."""
    mark = f"2000.{os.getpid()}{int(delay * 1000)}"
    with subprocess.Popen([sys.executable, "-c", PARENT, mark], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert int(parent.stdout.readline()) > 0
        threading.Event().wait(delay)
        parent.kill()
        parent.wait()
    assert all(gone(pid) for pid in processes(mark))


def test_without_bubblewrap_it_is_limits_unless_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.cage.shutil.which", lambda name: None if name == "bwrap" else f"/usr/bin/{name}")
    assert Cages().level is Level.LIMITS
    assert Cages().why == "bwrap is not installed"
    with pytest.raises(ToolError, match="apt install bubblewrap"):
        SystemSpawn(REQUIRE)(SLEEPER, cage=Cage())


def test_a_bubblewrap_that_does_not_work_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """User namespaces may be forbidden."""
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho No permissions to create new namespace >&2; exit 1\n", "utf-8")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    cages = Cages()
    assert cages.level is Level.LIMITS
    assert "No permissions to create new namespace" in cages.why


def test_switched_off_a_child_is_as_free_as_we_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "canary")
    code = "import os; os.write(FD, os.environ['SECRET'].encode())"
    assert Cages(OFF).level is Level.OFF
    assert ask(SystemSpawn(OFF), [sys.executable, "-c", code], Cage()).out == b"canary"


def test_a_program_that_is_not_there_is_a_tool_error() -> None:
    with pytest.raises(ToolError, match="no-such-program"):
        SystemSpawn()(["no-such-program"], cage=Cage())
