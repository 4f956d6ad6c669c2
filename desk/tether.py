"""The first steps of every child: is the parent still there? Then become the program.

Run as a file, before any of our packages can be imported: `tether.py PARENT PROGRAM ARGUMENT …`. The parent-death
signal is set by then; a parent that died a moment earlier shows as another parent, and the child goes too.
"""

import os
import signal
import sys
from collections.abc import Sequence


def main(words: Sequence[str]) -> int:
    """Become the program; returns only when it cannot, or must not."""
    parent, *argv = words
    if os.getppid() != int(parent):
        return 1
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores both, and a program would inherit that
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvp(argv[0], argv)  # noqa: S606 - no shell is wanted
    except OSError as error:
        sys.stderr.write(f"{argv[0]}: {error.strerror}\n")
    return 127


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
