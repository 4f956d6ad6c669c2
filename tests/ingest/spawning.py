"""Children for tests, without desk: they are killed by whoever started them."""

import subprocess
from collections.abc import Mapping, Sequence

from flow.errors import ToolError
from flow.process import Process


def spawn(
    argv: Sequence[str], *, pass_fds: Sequence[int] = (), stdin: bool = False,
    env: Mapping[str, str] | None = None,
) -> Process:
    """`flow.process.Spawn` over a plain Popen."""
    try:
        return subprocess.Popen(
            argv, bufsize=0, stdin=subprocess.PIPE if stdin else subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, pass_fds=tuple(pass_fds),
        )
    except OSError as error:
        raise ToolError(argv[0], str(error)) from error
