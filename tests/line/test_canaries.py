"""Secrets of every kind of feed, planted in a running machine and looked for where nobody may find them."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from aiohttp import web

from tests.desk.line import Line, until
from tests.ingest.serving import serving
from tests.ingest.test_front import free_port
from tests.line.secret_senders import SecretSenders

pytestmark = pytest.mark.line

CANARY = "canary-0123456789-abcdefghijkl"
ASKED = ("/api/v1/channels", "/api/v1/channels/demo", "/metrics", "/api/v1/events", "/healthz")
WATCHED = ("/", "/watch/demo", "/live/demo/index.m3u8", "/live/demo/v240/index.m3u8")
SAID = (("status",), ("status", "demo"), ("status", "demo", "--json"), ("events", "demo", "--json"), ("doctor",))


class Planted:
    """A machine with one channel whose feeds all have a secret, and all who hear what it says."""

    def __init__(self, line: Line, senders: SecretSenders, heard: list[bytes], folder: Path) -> None:
        self.line = line
        self.senders = senders
        self._heard = heard
        self._folder = folder

    def states(self) -> list[str]:
        """Of each feed."""
        return [feed["state"] for feed in self._feeds()]

    def why(self) -> list[str]:
        """What each feed says that is not well; empty for the others."""
        return [feed["why"] for feed in self._feeds()]

    def _feeds(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.line.report()["worker"]["status"]["feeds"]
        return found

    def found(self, said: Sequence[tuple[str, ...]] = SAID[2:4]) -> list[str]:
        """The places in which a secret stands; `said` are the commands whose words are looked at too."""
        looked = dict(self._places(said))
        running = [name for name in looked if name.startswith("/proc/")]
        kept = [name for name in looked if name.startswith((str(self.line.data), str(self._folder)))]
        assert len(running) >= 6, "the supervisor, the headend and the worker have each two places"
        assert len(kept) >= 10, "the definition, the log, the playlists and the media"
        assert set(ASKED) | set(WATCHED) <= looked.keys()
        return [name for name, text in looked.items() if CANARY.encode() in text]

    def _places(self, said: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, bytes]]:
        for pid in self.line.processes():
            for name in ("cmdline", "environ"):
                with suppress(OSError):  # it has just ended
                    yield f"/proc/{pid}/{name}", Path(f"/proc/{pid}/{name}").read_bytes()
        for path in (*self.line.data.rglob("*"), *self._folder.glob("said*")):
            if not path.name.startswith(("xacast.db", "xacast.toml")):
                with suppress(OSError):
                    yield str(path), path.read_bytes()
        for listener, paths in (("operators", ASKED), ("viewers", WATCHED)):
            for path in paths:
                yield path, self.line.ask(listener, path).encode()
        for words in said:
            done = self.line.xacast(*words)
            yield f"xacast {' '.join(words)}", (done.stdout + done.stderr).encode()
        yield "what others are told", b"".join(self._heard)


@pytest.fixture(scope="module")
def planted(
    tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_factory: Callable[[], int],
) -> Iterator[Planted]:
    """On air, with nobody who sends. Events are told to a program, and to an address with a secret of its own."""
    folder, heard = tmp_path_factory.mktemp("canaries"), list[bytes]()
    key, program, line = folder / "key", folder / "program", Line(folder / "data")
    key.write_text(f"{CANARY}\n")
    program.write_text(f"#!/bin/sh\ncat >> {folder}/said-events; (env; echo \"$@\") >> {folder}/said-beside\n")
    program.chmod(0o700)
    ports = free_port(), free_port(), unused_tcp_port_factory(), unused_tcp_port_factory()
    senders = SecretSenders(folder, CANARY, ports)
    line.env |= {
        "XACAST_RTMP": f"127.0.0.1:{senders.door}", "XACAST_LOG": "debug", "XACAST_ON_EVENT": str(program),
    }
    line.data.mkdir()
    with closing(senders), _hook(heard) as address, (folder / "said-in-the-terminal").open("wb") as terminal:
        (line.data / "xacast.toml").write_text(f'event_address = "{address}?token={CANARY}"\n')
        line.up(terminal)
        line.env["CANARY"] = CANARY
        words = [word for feed in senders.feeds(f"{{file:{key}}}", "{env:CANARY}") for word in ("--feed", feed)]
        done = line.xacast("start", "demo", "--open", *words, "--ladder", "tiny")
        del line.env["CANARY"]
        try:
            assert done.returncode == 0, done.stderr
            yield Planted(line, senders, heard, folder)
        finally:
            line.down()


@contextmanager
def _hook(heard: list[bytes]) -> Iterator[str]:
    """A server that is told of events."""
    async def answer(request: web.Request) -> web.StreamResponse:
        heard.append(await request.read())
        return web.Response()

    with serving(answer) as address:
        yield address


def test_a_wrong_secret_fails_and_the_right_one_stands_nowhere(planted: Planted) -> None:
    """T-01, T-02, T-11, T-15, T-26: also where the other side says it aloud."""
    with planted.senders.saying_no():
        until(lambda: all(planted.why()), 20, "not every feed says why it is not there")
        assert "live" not in planted.states()
        assert planted.found() == []


@pytest.mark.timeout(240)
def test_nor_does_it_while_every_feed_is_live(planted: Planted) -> None:
    """T-11, T-15, T-26."""
    with planted.senders.alive():
        until(lambda: set(planted.states()) == {"live"}, 30, "not every feed is live")
        assert planted.found(SAID) == []
        until(lambda: set(planted.states()) == {"live"}, 30, "not every feed is live any more")


def test_nor_after_every_sender_has_gone(planted: Planted) -> None:
    """T-11, F-04."""
    until(lambda: "live" not in planted.states(), 20, "a feed is live without its sender")
    assert planted.found() == []


def test_the_registry_that_keeps_them_is_its_owner_s_alone(planted: Planted) -> None:
    """T-11."""
    data = planted.line.data
    assert {path.stat().st_mode & 0o077 for path in data.glob("xacast.db*")} == {0}
    with closing(sqlite3.connect(data / "xacast.db")) as registry:
        assert CANARY in registry.execute("SELECT definition FROM channel").fetchone()[0]
