"""A wait that a signal handler may end."""

import contextlib
import os
import select


class Waker:
    """Wakes one waiting thread, from any thread or signal handler.

    A pipe, since `threading.Event` may not be set in a signal handler: the handler would wait for the lock that
    the interrupted thread holds.
    """

    def __init__(self) -> None:
        self._out, self._in = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def wake(self) -> None:
        """End the wait under way, or the next one."""
        with contextlib.suppress(BlockingIOError):  # a full pipe wakes as well
            os.write(self._in, b"!")

    def wait(self, seconds: float) -> None:
        """Until woken, so long at most."""
        if select.select([self._out], [], [], seconds)[0]:
            with contextlib.suppress(BlockingIOError):
                os.read(self._out, 4_096)

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._out)
        os.close(self._in)
