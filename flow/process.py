"""How a room asks for a child process; `desk` knows how to start one so that it never outlives its parent."""

from collections.abc import Mapping, Sequence
from typing import IO, Protocol

from flow.cage import Cage


class Process(Protocol):
    """A running child."""

    @property
    def pid(self) -> int:
        """Its process id."""
        ...

    @property
    def stdin(self) -> IO[bytes] | None:
        """Its standard input when asked for, unbuffered."""
        ...

    @property
    def stderr(self) -> IO[bytes] | None:
        """Its standard error, to be read until it ends."""
        ...

    def poll(self) -> int | None:
        """Its exit status, negative for a signal; None while it runs."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Block until it ends; raises subprocess.TimeoutExpired."""
        ...

    def kill(self) -> None:
        """End it at once (SIGKILL); harmless when it has ended."""
        ...

    def terminate(self) -> None:
        """Ask it to end (SIGTERM)."""
        ...


class Spawn(Protocol):
    """Starts a child. Safe from any thread."""

    def __call__(
        self, argv: Sequence[str], *, pass_fds: Sequence[int] = (), stdin: bool = False,
        env: Mapping[str, str] | None = None, cage: Cage | None = None,
    ) -> Process:
        """Start `argv` (never through a shell) with its stderr piped, its stdout and stdin on /dev/null.

        `stdin=True` pipes standard input; `pass_fds` stay open in the child under the same numbers; `env` is
        added to the environment. The child dies with this process, whatever kills it.
        In a `cage` its working directory is `/`, its environment is `env` and a search path, and `terminate` may
        end it as `kill` does.
        Raises ToolError when it cannot be started.
        """
        ...
