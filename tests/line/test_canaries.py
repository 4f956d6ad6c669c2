"""Secrets of every kind of feed, planted in a running machine and looked for where nobody may find them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.desk.line import Line, until
from tests.ingest.test_front import free_port

pytestmark = pytest.mark.line

CANARY = "canary-0123456789-abcdefghijkl"


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """A channel whose feeds all have a secret. None of their senders is there, so each says why it fails."""
    folder = tmp_path_factory.mktemp("canaries")
    machine = Line(folder / "data")
    machine.env["CANARY"] = f"{CANARY}-env"
    key = folder / "key"
    key.write_text(f"{CANARY}-file\n")
    machine.up()
    feeds = (
        f"srt://127.0.0.1:{free_port()}?mode=listener&passphrase={{file:{key}}}",
        f"srt://127.0.0.1:1?passphrase={{file:{key}}}&streamid={{env:CANARY}}",
        "rtmp://127.0.0.1:1/live/{env:CANARY}",
        f"rtmp://:1935/live/{{file:{key}}}",
        f"rtsp://studio:{{file:{key}}}@127.0.0.1:1/x",
        "http://127.0.0.1:1/x.m3u8?token={env:CANARY}",
    )
    words = [word for feed in feeds for word in ("--feed", feed)]
    done = machine.xacast("start", "demo", *words, "--ladder", "tiny")
    assert done.returncode == 0, done.stderr
    until(lambda: len([one for one in machine.report()["worker"]["status"]["feeds"] if one["why"]]) == 6, 30,
          "not every feed said why it is not there")
    yield machine
    machine.down()


def test_no_argument_list_and_no_environment_below_the_worker_has_them(line: Line) -> None:
    """T-11. The operator's own shell had CANARY in its environment, and so has what it started; nobody else."""
    found = [words for words in line.processes().values() if any(CANARY in word for word in words)]
    assert found == []
    caged = [Path(f"/proc/{pid}/environ") for pid, words in line.processes().items() if "concat" in words]
    assert caged
    assert not any(CANARY.encode() in path.read_bytes() for path in caged)


def test_no_log_status_metric_event_or_answer_has_them(line: Line) -> None:
    """T-11, T-15, T-26."""
    logs = [path for path in line.data.rglob("*") if path.is_file() and not path.name.startswith("xacast.db")]
    assert any(path.suffix in {".log", ".jsonl"} for path in logs)
    assert [path for path in logs if CANARY.encode() in path.read_bytes()] == []
    for path in ("/api/v1/channels", "/api/v1/channels/demo", "/metrics", "/api/v1/events"):
        assert CANARY not in line.ask("operators", path)
    for words in (("status",), ("status", "demo"), ("status", "demo", "--json"), ("events", "demo"), ("doctor",)):
        done = line.xacast(*words)
        assert CANARY not in done.stdout + done.stderr
    for path in ("/", "/watch/demo", "/live/demo/index.m3u8"):
        assert CANARY not in line.ask("viewers", path)


def test_the_registry_that_keeps_them_is_its_owner_s_alone(line: Line) -> None:
    """T-11."""
    kept = list(line.data.glob("xacast.db*"))
    assert {path.stat().st_mode & 0o077 for path in kept} == {0}
    with closing(sqlite3.connect(line.data / "xacast.db")) as registry:
        assert CANARY in registry.execute("SELECT definition FROM channel").fetchone()[0]
