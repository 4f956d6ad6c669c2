"""What children have in common."""

import os
import signal
import sys

from desk.child import command, stop_event


def test_a_child_is_run_by_this_python() -> None:
    argv = command("desk.headend_main", "--more")
    assert argv == (sys.executable, "-P", "-m", "desk.headend_main", "--more")


async def test_sigterm_sets_the_event() -> None:
    stopping = stop_event()
    os.kill(os.getpid(), signal.SIGTERM)
    await stopping.wait()
