"""The calls of the kernel that no decoder needs, refused by a classic BPF program (seccomp(2), filter.h).

A list of what is refused, not of what is allowed: FFmpeg's builds and libraries differ in what they call, and the
namespaces and limits around the program hold without it.
"""

import struct
from collections.abc import Iterator, Sequence
from itertools import chain

X86_64, AARCH64 = "x86_64", "aarch64"
_ARCHITECTURES = {X86_64: 0xC000003E, AARCH64: 0xC00000B7}
"""AUDIT_ARCH_*, linux/audit.h."""

_DENIED: dict[str, tuple[int, int | None]] = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424), "kill": (62, 129),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "unshare": (272, 97), "setns": (308, 268), "mknod": (133, None),
    "mknodat": (259, 33), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "swapon": (167, 224),
    "swapoff": (168, 225), "reboot": (169, 142), "acct": (163, 89), "quotactl": (179, 60),
    "sethostname": (170, 161), "setdomainname": (171, 162), "syslog": (103, 116), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "iopl": (172, None), "ioperm": (173, None), "settimeofday": (164, 170),
    "clock_settime": (227, 112), "clock_adjtime": (305, 266), "adjtimex": (159, 171), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "fanotify_init": (300, 262), "keyctl": (250, 219),
    "add_key": (248, 217), "request_key": (249, 218), "sched_setaffinity": (203, 122),
    "personality": (135, 92), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "fork": (57, None), "vfork": (58, None),
}
"""Name: its number on x86_64 and on aarch64, asm/unistd_64.h and asm-generic/unistd.h."""
_NETWORK = {"socket": (41, 198), "bind": (49, 200), "listen": (50, 201), "connect": (42, 203)}
_CLONE, _CLONE3, _IOCTL = (56, 220), (435, 435), (16, 29)

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_AND = 0x54
_INET, _INET6, _STREAM, _DATAGRAM = 2, 10, 1, 2
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24
"""Offsets in struct seccomp_data; of an argument its lower half, both machines being little-endian."""
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_X32 = 0x40000000
_CLONE_THREAD = 0x00010000
_NAMESPACES = 0x7E020000
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET."""
_TYPING = (0x5412, 0x541C)
"""TIOCSTI and TIOCLINUX: what they put into a terminal's input looks typed by its user."""

_Step = tuple[int, int, int, int]


def seccomp_program(
    machine: str, *, network: bool, streams: bool = True, datagrams: bool = True,
) -> bytes | None:
    """The filter for `machine` (as `platform.machine()` names it), ready for the kernel; None where it is unknown.
    With a `network` there are sockets of the Internet: of TCP (`streams`), of UDP (`datagrams`), no others.

    Threads may be started, processes not. `clone3` is answered with ENOSYS, since its flags cannot be seen from
    here; libraries then use `clone`.
    """
    if machine not in _ARCHITECTURES:
        return None
    column = (X86_64, AARCH64).index(machine)
    denied = [*_DENIED.values(), *([] if network else _NETWORK.values())]
    numbers = [number for row in denied if (number := row[column]) is not None]
    steps = chain(
        _entrance(_ARCHITECTURES[machine]),
        *(_on(number, [_refuse(_EPERM)]) for number in numbers),
        *([_on(_NETWORK["socket"][column], _opening(streams=streams, datagrams=datagrams))] if network else []),
        _on(_CLONE3[column], [_refuse(_ENOSYS)]),
        _on(_CLONE[column], _cloning()),
        _on(_IOCTL[column], _typing()),
        [_back(_ALLOW)],
    )
    return b"".join(struct.pack("<HBBI", *step) for step in steps)


def _back(verdict: int) -> _Step:
    return (_RETURN, 0, 0, verdict)


def _refuse(errno: int) -> _Step:
    return _back(_ERRNO | errno)


def _entrance(architecture: int) -> Iterator[_Step]:
    """Calls by another machine's numbers, or by x32's, would pass a list of numbers."""
    yield (_LOAD, 0, 0, _ARCHITECTURE)
    yield (_EQUAL, 1, 0, architecture)
    yield _back(_KILL)
    yield (_LOAD, 0, 0, _NUMBER)
    yield (_AT_LEAST, 0, 1, _X32)
    yield _refuse(_ENOSYS)


def _on(number: int, then: Sequence[_Step]) -> Iterator[_Step]:
    """For the call `number` take the steps `then`, which end with a verdict."""
    yield (_EQUAL, 0, len(then), number)
    yield from then


def _opening(*, streams: bool, datagrams: bool) -> list[_Step]:
    """The socket's family, and its type without the flags beside it."""
    types = [*([_STREAM] if streams else []), *([_DATAGRAM] if datagrams else [])]
    return [
        (_LOAD, 0, 0, _FIRST), (_EQUAL, 1, 0, _INET), (_EQUAL, 0, 2 + len(types), _INET6),
        (_LOAD, 0, 0, _SECOND), (_AND, 0, 0, 0xF),
        *((_EQUAL, len(types) - at, 0, one) for at, one in enumerate(types)),
        _refuse(_EPERM), _back(_ALLOW),
    ]


def _cloning() -> list[_Step]:
    return [
        (_LOAD, 0, 0, _FIRST), (_ANY_BIT, 2, 0, _NAMESPACES), (_ANY_BIT, 0, 1, _CLONE_THREAD), _back(_ALLOW),
        _refuse(_EPERM),
    ]


def _typing() -> list[_Step]:
    first, second = _TYPING
    return [(_LOAD, 0, 0, _SECOND), (_EQUAL, 1, 0, first), (_EQUAL, 0, 1, second), _refuse(_EPERM), _back(_ALLOW)]
