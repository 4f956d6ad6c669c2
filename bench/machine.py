"""A whole xacast for a figure: `xacast up` on free ports of the loopback, in a directory of its own."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

XACAST = str(Path(sys.executable).parent / "xacast")


class Machine:
    """Starts with `with`, stops with it; `viewers` and `operators` are base addresses once it is up."""

    def __init__(
        self, log: str = "warning", data: Path | None = None, stands: Path | None = None, address: str = "",
    ) -> None:
        """`stands` is the working directory of what it starts, this one unless given; `address` a database's."""
        self._directory = tempfile.TemporaryDirectory(prefix="xacast-")
        self.data = data or Path(self._directory.name)
        self._stands = stands
        anywhere = "127.0.0.1:0"
        self.env = {
            **os.environ, "XACAST_DATA": str(self.data), "XACAST_LOG": log, "XACAST_VIEWERS": anywhere,
            "XACAST_OPERATORS": anywhere, "XACAST_MACHINES": anywhere,
            **({"XACAST_DATABASE_URL": address} if address else {}),
        }
        self.viewers = self.operators = self.machines = ""
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.up()
        except BaseException:
            self.__exit__(None, None, None)  # `with` does not do it for what never began
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()
        self._directory.cleanup()

    def up(self, seconds: float = 30) -> None:
        """Start the supervisor and wait for the headend's ports."""
        self.process = subprocess.Popen([XACAST, "up"], env=self.env, cwd=self._stands, stdout=subprocess.DEVNULL)
        ports = self.data / "run" / "ports.json"
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                message = f"xacast up ended with {self.process.returncode}"
                raise RuntimeError(message)
            if ports.exists() and (known := self._healthy(ports)):
                self.viewers, self.operators, self.machines = known
                return
            time.sleep(0.1)
        message = f"xacast up was not there after {seconds:.0f} s"
        raise RuntimeError(message)

    @staticmethod
    def _healthy(ports: Path) -> tuple[str, str, str] | None:
        try:
            at = json.loads(ports.read_text("utf-8"))
            base = {name: f"http://{at[name]}" for name in ("viewers", "operators", "machines")}
            with urllib.request.urlopen(base["operators"] + "/healthz", timeout=2):
                return base["viewers"], base["operators"], base["machines"]
        except (OSError, ValueError, KeyError):
            return None

    def down(self) -> None:
        """Stop everything, politely first."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def run(self, *words: str) -> str:
        """Run one xacast command against this machine; its standard output. Raises CalledProcessError."""
        done = subprocess.run([XACAST, *words], env=self.env, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout

    def status(self, channel: str) -> dict[str, Any]:
        """`xacast status CHANNEL --json`."""
        found: dict[str, Any] = json.loads(self.run("status", channel, "--json"))
        return found
