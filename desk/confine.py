"""The first steps of a caged child where bubblewrap is not to be had: give up whatever can be given up, then exec.

Run as a file, before any of our packages can be imported: `confine.py PARENT BOUNDS PROGRAM ARGUMENT …`, BOUNDS
being JSON as `desk.cage` writes it. What a kernel does not know (Landlock before 5.13, seccomp filters) is left
out; whatever else fails ends the child. Numbers are those of linux/prctl.h, linux/seccomp.h and linux/landlock.h.
"""

import ctypes
import errno
import json
import os
import resource
import signal
import stat
import struct
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

_PDEATHSIG, _SECCOMP, _CAPBSET_DROP, _NO_NEW_PRIVS, _CAP_AMBIENT = 1, 22, 24, 38, 47
_FILTER, _CLEAR_ALL = 2, 4
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULES_IN_ABI = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many of Landlock's file rights each version knows; from 5 on it is 16."""
_EXECUTE, _WRITE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_TCP, _SCOPED = 3, 3
_UNKNOWN = (errno.ENOSYS, errno.EOPNOTSUPP)
CANNOT = 126


def main(words: Sequence[str]) -> int:
    """Become the program inside its bounds; returns only when it cannot, or must not."""
    parent, text, *argv = words
    bounds = json.loads(text)
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        _shed(libc, bounds["uid"])
        _call(libc.prctl, _PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # a change of user takes it away
        if os.getppid() != int(parent):
            return 1
        os.chdir("/")
        os.nice(bounds["nice"])
        with suppress(OSError):  # they were taken from us since
            os.sched_setaffinity(0, bounds["cores"])
        for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores both, and a program would inherit that
            signal.signal(number, signal.SIG_DFL)
        for name, most in bounds["limits"].items():
            _limit(getattr(resource, name), most)
        _call(libc.prctl, _NO_NEW_PRIVS, 1, 0, 0, 0)
        _landlock(libc, bounds)
        _seccomp(libc, bytes.fromhex(bounds["seccomp"]))
        os.execv(argv[0], argv)  # noqa: S606 - no shell is wanted
    except OSError as error:
        sys.stderr.write(f"{argv[0]}: {error}\n")
    return CANNOT


def _call(function: Callable[..., int], *arguments: int | bytes | None) -> int:
    result = function(*(ctypes.c_long(one) if isinstance(one, int) else one for one in arguments))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _shed(libc: ctypes.CDLL, uid: int | None) -> None:
    """No capability survives the exec; root becomes somebody who owns nothing."""
    with suppress(OSError):
        _call(libc.prctl, _CAP_AMBIENT, _CLEAR_ALL, 0, 0, 0)
    with suppress(OSError):  # ends at the last capability, or at once for who is not root
        for number in range(64):
            _call(libc.prctl, _CAPBSET_DROP, number, 0, 0, 0)
    if uid is not None:
        with suppress(PermissionError):  # root of a container may have lost this right
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)


def _limit(which: int, most: int) -> None:
    hard = resource.getrlimit(which)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (least, least))


def landlock_version(libc: ctypes.CDLL) -> int:
    """Which Landlock this kernel has; 0 for none, or when it is switched off."""
    try:
        return _call(libc.syscall, _CREATE_RULESET, None, 0, 1)
    except OSError as error:
        if error.errno in _UNKNOWN:
            return 0
        raise


def _landlock(libc: ctypes.CDLL, bounds: Mapping[str, Any]) -> None:
    """Files: only what is named, and only to be read. Signals and abstract sockets stay inside, TCP is shut."""
    version = landlock_version(libc)
    if not version:
        return
    every = (1 << _RULES_IN_ABI.get(version, 16)) - 1
    fields = [every, 0 if bounds["network"] else _TCP, _SCOPED]
    attribute = struct.pack("<3Q", *fields)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = _call(libc.syscall, _CREATE_RULESET, attribute, len(attribute), 0)
    for path in bounds["read"]:
        _permit(libc, ruleset, path, _EXECUTE | _READ_FILE | _READ_DIR)
    for path in bounds["list"]:
        _permit(libc, ruleset, path, _READ_DIR)
    for path in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"):
        _permit(libc, ruleset, path, _READ_FILE | (_WRITE if path == "/dev/null" else 0))
    _call(libc.syscall, _RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _permit(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # what is not there needs no right
        return
    if not stat.S_ISDIR(os.fstat(place).st_mode):
        rights &= ~_READ_DIR
    _call(libc.syscall, _ADD_RULE, ruleset, 1, struct.pack("<Qi", rights, place), 0)
    os.close(place)


def _seccomp(libc: ctypes.CDLL, program: bytes) -> None:
    if not program:
        return
    code = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    try:
        _call(libc.prctl, _SECCOMP, _FILTER, head, 0, 0)
    except OSError as error:
        if error.errno not in (*_UNKNOWN, errno.EINVAL):
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
