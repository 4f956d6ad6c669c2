"""The first steps of a program that is not ours: stay as its guard, so that nothing it starts outlives it or us.

Run as a file, before any of our packages can be imported, leading a session of its own, with SIGTERM as its
parent-death signal: `leash.py PARENT PROGRAM ARGUMENT …`. The program leads a group of its own. That ends as a
whole as soon as the program has ended, the guard is asked to end, or the parent is dead. Who leaves the group
(setsid) means to stay.
"""

import os
import signal
import sys
from collections.abc import Sequence

_SIGNALLED = 128


def main(words: Sequence[str]) -> int:
    """Start the program and wait for it; its exit status, that of a shell for one that a signal has ended."""
    parent, *argv = words
    signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM, signal.SIGCHLD))
    if os.getppid() != int(parent):
        return 1
    try:
        program = os.posix_spawnp(  # Python ignores two signals, and a program would inherit that
            argv[0], argv, os.environ, setpgroup=0, setsigmask=(), setsigdef=(signal.SIGPIPE, signal.SIGXFSZ),
        )
    except OSError as error:
        sys.stderr.write(f"{argv[0]}: {error.strerror}\n")
        return 127
    while signal.sigwait((signal.SIGTERM, signal.SIGCHLD)) == signal.SIGCHLD and not _has_ended(program):
        pass  # it was only stopped for a while
    # While its leader's entry still holds the number, so that no stranger can own it.
    os.killpg(program, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
    return status if status >= 0 else _SIGNALLED - status


def _has_ended(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
