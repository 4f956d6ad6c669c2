"""The first steps of a child in bubblewrap: stay as its guard, so that nothing inside outlives its parent.

Run as a file, before any of our packages can be imported: `enclose.py PARENT HOW PROGRAM ARGUMENT …`, HOW being
`users` where the guard needs a user namespace to make one of processes, `bare` where it can make none, else
`plain`; with `+N` behind it all stand N steps of nice(2) behind the parent, and with `+A,B` behind that they have
these processor cores alone.
With `/FD/PORT` behind that the program gets a network of its own, which is a loopback and nothing else; a listener
at that port of it is sent by the Unix socket FD, so that whoever has it speaks to the program, and nobody else
does (T-04).

bubblewrap asks the kernel to die with its parent late, when it has built its mounts, and never looks whether that
parent was dead by then: killed in its first 20 ms it leaves the program running (3 of 150 trials at random times).
So it runs as the first process of a namespace of processes that dies with the guard, and all inside die with it.
In a service whose `/proc` shows nothing of others (`bare`), bubblewrap would look there for a process of the wrong
number and give up: there it runs without, and what is left of those 20 ms dies with the service, or of its pipes.
"""

import ctypes
import fcntl
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_PDEATHSIG = 1
_NEW_USERS, _NEW_PROCESSES, _NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
_SET_FLAGS, _UP = 0x8914, 0x1
"""SIOCSIFFLAGS and IFF_UP, linux/sockios.h and linux/if.h."""
_SIGNALLED = 128
_DEADLY = frozenset({
    signal.SIGILL, signal.SIGTRAP, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGKILL, signal.SIGSEGV,
    signal.SIGPIPE, signal.SIGTERM, signal.SIGXCPU, signal.SIGXFSZ, signal.SIGSYS,
})
"""What a program dies of. FFmpeg ends with the last byte of its error's number, so that much above 128 is no
signal: 187 says that its input ended before it knew a stream."""
CANNOT = 126


def main(words: Sequence[str]) -> int:
    """Start the program and wait for it; ends as the program ended."""
    parent, how, *argv = words
    first, *door = how.split("/")
    kind, behind, cores = [*first.split("+"), "", ""][:3]
    if os.getppid() != int(parent):
        return 1
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores both, and a program would inherit that
        signal.signal(number, signal.SIG_DFL)
    os.nice(int(behind or 0))
    if cores:
        with suppress(OSError):  # they were taken from us since
            os.sched_setaffinity(0, map(int, cores.split(",")))
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        if kind != "bare" or door:
            _part(libc, users=kind != "plain", network=bool(door), processes=kind != "bare")
        if door:
            _open_door(*map(int, door))
    except OSError as error:  # bubblewrap may be let where we are not; its first 20 ms are then as they are
        if door:
            sys.stderr.write(f"no network of its own: {error}\n")
            return CANNOT
    ours, theirs = os.pipe()
    inside = os.fork()
    if inside == 0:
        _become(libc, argv, lifeline=(ours, theirs))
    _let_go(theirs)
    return _tell(os.waitstatus_to_exitcode(os.waitpid(inside, 0)[1]))


def _part(libc: ctypes.CDLL, *, users: bool, network: bool, processes: bool) -> None:
    """With `processes`, the next one forked is the first of a namespace, which dies with it. Raises OSError."""
    uid, gid = os.geteuid(), os.getegid()
    kinds = ((_NEW_USERS, users), (_NEW_NETWORK, network), (_NEW_PROCESSES, processes))
    if libc.unshare(sum(flag for flag, wanted in kinds if wanted)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    if users:
        Path("/proc/self/setgroups").write_text("deny", "ascii")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1", "ascii")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1", "ascii")


def _open_door(fd: int, port: int) -> None:
    """Bring the loopback up, and send a listener on it; raises OSError."""
    with socket.socket() as asking:
        fcntl.ioctl(asking, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))
    with socket.create_server(("127.0.0.1", port)) as door, socket.socket(fileno=fd) as line:
        socket.send_fds(line, [b"a door"], [door.fileno()])


def _become(libc: ctypes.CDLL, argv: list[str], *, lifeline: tuple[int, int]) -> None:
    """A guard that died before the signal was asked for shows as the pipe's end: it alone keeps that open."""
    end, other = lifeline
    os.close(other)
    libc.prctl(_PDEATHSIG, ctypes.c_long(signal.SIGKILL), 0, 0, 0)
    if not select.select([end], [], [], 0)[0]:
        try:
            os.execv(argv[0], argv)  # noqa: S606 - no shell is wanted
        except OSError as error:
            sys.stderr.write(f"{argv[0]}: {error.strerror}\n")
    os._exit(CANNOT)


def _let_go(kept: int) -> None:
    """The guard keeps no pipe of the program open: its readers and writers would not see its end."""
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))


def _tell(status: int) -> int:
    """The exit status; a death by a signal, which bubblewrap tells as 128 + signal, is died again."""
    if status - _SIGNALLED in _DEADLY:
        status = _SIGNALLED - status
    if status < 0:
        signal.signal(-status, signal.SIG_DFL) if -status not in (signal.SIGKILL, signal.SIGSTOP) else None
        os.kill(os.getpid(), -status)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
