"""A program that stands in for a decoder that a stranger has taken over: it tries what such a one would try.

`escape.py FD TARGETS [NAME …]`: each probe, or each that is named, is tried once; the answers are written to FD as
JSON, “refused …” or what was reached. TARGETS is JSON: what on this machine is worth reaching. Standard library
alone, and nothing here does harm where it is let.
"""

import _thread
import ctypes
import errno
import json
import mmap
import os
import platform
import resource
import signal
import socket
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path
from typing import Any

LIBC = ctypes.CDLL(None, use_errno=True)
COLUMN = ("x86_64", "aarch64").index(platform.machine()) if platform.machine() in {"x86_64", "aarch64"} else 0
NUMBERS = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "pidfd_open": (434, 434), "tgkill": (234, 131),
    "clone3": (435, 435), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "unshare": (272, 97),
    "bpf": (321, 280), "perf_event_open": (298, 241), "keyctl": (250, 219), "add_key": (248, 217),
    "init_module": (175, 105), "kexec_load": (246, 104), "reboot": (169, 142), "settimeofday": (164, 170),
    "sethostname": (170, 161), "swapon": (167, 224), "syslog": (103, 116), "io_uring_setup": (425, 425),
    "userfaultfd": (323, 282), "open_by_handle_at": (304, 265), "acct": (163, 89), "personality": (135, 92),
    "fanotify_init": (300, 262), "open_tree": (428, 428),
}
REFUSALS = {
    errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EROFS, errno.ENOENT, errno.ESRCH, errno.ENETUNREACH,
    errno.EMFILE, errno.ENOMEM, errno.EFBIG, errno.EAGAIN, errno.ECONNREFUSED, errno.ENXIO, errno.EXDEV,
}
"""Anything else, such as EINVAL, says that the kernel looked at what was asked."""


def call(name: str, *arguments: Any) -> int:
    """The kernel's call of that name; raises OSError."""
    words = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    result = LIBC.syscall(ctypes.c_long(NUMBERS[name][COLUMN]), *words)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(result)


class Probes:
    """Each method is one probe: it gives what it reached, or raises OSError."""

    def __init__(self, targets: dict[str, Any], answers: int) -> None:
        self._at = targets
        self._answers = answers

    def read_shadow(self) -> object:
        return Path("/etc/shadow").read_bytes()[:1]

    def read_users(self) -> object:
        return Path("/etc/passwd").read_bytes()[:1]

    def read_registry(self) -> object:
        return Path(self._at["registry"]).read_bytes()

    def read_other_channel(self) -> object:
        return list(Path(self._at["other"]).iterdir())

    def read_file_beside(self) -> object:
        return Path(self._at["beside"]).read_bytes()

    def read_round_about(self) -> object:
        return Path(f"/proc/self/root{self._at['registry']}").read_bytes()

    def list_folder(self) -> object:
        return [path for path in Path(self._at["folder"]).iterdir() if path != Path(self._at["feed"])]

    def read_kernel_log(self) -> object:
        return os.open("/dev/kmsg", os.O_RDONLY | os.O_NONBLOCK)

    def read_disk(self) -> object:
        disks = [place for place in Path("/dev").iterdir() if place.is_block_device()]
        return self._first(disks)

    def read_memory(self) -> object:
        return os.open("/dev/mem", os.O_RDONLY)

    def write_feed(self) -> object:
        return os.open(self._at["feed"], os.O_WRONLY | os.O_APPEND)

    def write_beside(self) -> object:
        return self._write(f"{self._at['folder']}/escaped")

    def write_programs(self) -> object:
        return self._write("/usr/escaped")

    def write_settings(self) -> object:
        return self._write("/etc/escaped")

    def write_own_program(self) -> object:
        return os.open(os.__file__, os.O_WRONLY | os.O_APPEND)

    def write_shared_memory(self) -> object:
        return self._write("/dev/shm/escaped")

    def fill_scratch(self) -> object:
        return self._write(f"/tmp/escaped-{os.getpid()}")

    def change_mode(self) -> object:
        Path(self._at["feed"]).chmod(0o666)
        return "its mode"

    def make_device(self) -> object:
        os.mknod(f"/tmp/device-{os.getpid()}", 0o600 | 0o020000, os.makedev(1, 3))
        return "a device"

    def own_a_link(self) -> object:
        os.link(self._at["feed"], f"{self._at['folder']}/linked")
        return "a link"

    def connect_loopback(self) -> object:
        return socket.create_connection(("127.0.0.1", self._at["tcp"]), 2)

    def connect_loopback_6(self) -> object:
        return socket.create_connection(("::1", self._at["tcp"]), 2)

    def connect_network(self) -> object:
        with socket.socket() as one:
            one.setblocking(False)
            return one.connect_ex(("192.0.2.1", 80)) not in REFUSALS

    def send_datagram(self) -> object:
        with socket.socket(type=socket.SOCK_DGRAM) as one:
            return one.sendto(b"escaped", ("127.0.0.1", self._at["udp"]))

    def send_datagram_6(self) -> object:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as one:
            return one.sendto(b"escaped", ("::1", self._at["udp"]))

    def connect_abstract(self) -> object:
        with socket.socket(socket.AF_UNIX) as one:
            one.connect("\0" + self._at["abstract"])
        return "a service"

    def connect_path(self) -> object:
        with socket.socket(socket.AF_UNIX) as one:
            one.connect(self._at["socket"])
        return "a service"

    def listen(self) -> object:
        return socket.create_server(("0.0.0.0", 0)).getsockname()

    def raw_socket(self) -> object:
        return socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)

    def packet_socket(self) -> object:
        return socket.socket(socket.AF_PACKET, socket.SOCK_RAW)

    def netlink_socket(self) -> object:
        return socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)

    def machine_socket(self) -> object:
        return socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)

    def trace_parent(self) -> object:
        return call("ptrace", 0x4206, self._at["parent"], 0, 0)

    def read_parent_memory(self) -> object:
        return call("process_vm_readv", self._at["parent"], None, 0, None, 0, 0) or "0 bytes"

    def parent_environment(self) -> object:
        return Path(f"/proc/{self._at['parent']}/environ").read_bytes()

    def parent_memory(self) -> object:
        return os.open(f"/proc/{self._at['parent']}/mem", os.O_RDWR)

    def parent_files(self) -> object:
        return list(Path(f"/proc/{self._at['parent']}/fd").iterdir())

    def parent_command(self) -> object:
        return Path(f"/proc/{self._at['parent']}/cmdline").read_bytes()

    def guard_environment(self) -> object:
        return b"CANARY" in Path("/proc/1/environ").read_bytes()

    def other_processes(self) -> object:
        seen = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()}
        return len(seen - {1, os.getpid()})

    def signal_parent(self) -> object:
        os.kill(self._at["parent"], 0)
        return "its ear"

    def signal_parent_thread(self) -> object:
        return call("tgkill", self._at["parent"], self._at["parent"], 0) or "its ear"

    def watch_parent(self) -> object:
        return call("pidfd_open", self._at["parent"], 0)

    def fork_bomb(self) -> object:
        for _ in range(100):
            if os.fork() == 0:
                os._exit(0)
        return "100 processes"

    def spawn(self) -> object:
        return os.posix_spawn("/usr/bin/true", ["true"], {})

    def clone(self) -> object:
        return call("clone3", None, 0)

    def more_weight(self) -> object:
        os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0) - 1)
        return "more of the processor"

    def real_time(self) -> object:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
        return "all of the processor"

    def wider_limits(self) -> object:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
        except ValueError:
            return None
        return "4096 files"

    def other_user(self) -> object:
        try:
            os.setuid(1)
        except OSError as error:
            raise OSError(errno.EPERM if error.errno == errno.EINVAL else error.errno, "unknown here") from error
        return "another user"

    def other_groups(self) -> object:
        os.setgroups([0])
        return "another group"

    def other_root(self) -> object:
        os.chroot("/usr")
        return "another root"

    def mount(self) -> object:
        return call("mount", b"none", b"/tmp", b"tmpfs", 0, None)

    def unmount(self) -> object:
        return call("umount2", b"/tmp", 0x8)

    def open_tree(self) -> object:
        return call("open_tree", -100, b"/", 1)

    def pivot(self) -> object:
        return call("pivot_root", b"/tmp", b"/tmp")

    def own_users(self) -> object:
        return call("unshare", 0x10000000)

    def own_network(self) -> object:
        return call("unshare", 0x40000000)

    def parents_network(self) -> object:
        return os.open(f"/proc/{self._at['parent']}/ns/net", os.O_RDONLY)

    def bpf(self) -> object:
        return call("bpf", 0, None, 0)

    def perf(self) -> object:
        return call("perf_event_open", None, 0, -1, -1, 0)

    def session_keys(self) -> object:
        return call("keyctl", 0, -3, 0)

    def add_key(self) -> object:
        return call("add_key", b"user", b"escaped", b"x", 1, -2)

    def load_module(self) -> object:
        return call("init_module", b"", 0, b"")

    def load_kernel(self) -> object:
        return call("kexec_load", 0, 0, None, 0)

    def reboot(self) -> object:
        return call("reboot", 0, 0, 0, None)

    def set_clock(self) -> object:
        return call("settimeofday", None, None) or "the clock"

    def set_name(self) -> object:
        name = platform.node().encode()
        return call("sethostname", name, len(name)) or "the name"

    def swap(self) -> object:
        return call("swapon", b"/usr", 0)

    def kernel_words(self) -> object:
        return call("syslog", 10, None, 0)

    def ring(self) -> object:
        return call("io_uring_setup", 0, None)

    def page_faults(self) -> object:
        return call("userfaultfd", 1)

    def file_handle(self) -> object:
        return call("open_by_handle_at", -100, None, 0)

    def accounting(self) -> object:
        return call("acct", None) or "accounting"

    def execution_domain(self) -> object:
        return call("personality", 0xFFFFFFFF) or "0"

    def watch_files(self) -> object:
        return call("fanotify_init", 0, 0)

    def type_into_terminal(self) -> object:
        return ioctl(0, termios.TIOCSTI, b"x")

    def core_pattern(self) -> object:
        return os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY)

    def sysrq(self) -> object:
        return os.open("/proc/sysrq-trigger", os.O_WRONLY)

    def memory_bomb(self) -> object:
        return len(mmap.mmap(-1, self._at["memory"]))

    def many_files(self) -> object:
        held: list[int] = []
        with suppress(OSError):
            while len(held) < 10_000:
                held.append(os.dup(0))
        for one in held:
            os.close(one)
        return len(held) if len(held) > self._at["files"] else None

    def core_dump(self) -> object:
        return resource.getrlimit(resource.RLIMIT_CORE)[1]

    def environment(self) -> object:
        return "CANARY" in os.environ

    def handed_files(self) -> object:
        kept = []
        for number in range(3, 256):
            with suppress(OSError):
                os.fstat(number)
                kept.append(number)
        return [number for number in kept if number != self._answers]

    def host_name(self) -> object:
        return platform.node() == self._at["node"]

    def thread_bomb(self) -> object:
        """Threads that `threading` knows nothing of: it waits for ever for one that dies for want of memory."""
        held = _thread.allocate_lock()
        held.acquire()
        count = 0
        with suppress(RuntimeError, MemoryError):
            while count < 1000:
                _thread.start_new_thread(held.__enter__, ())
                count += 1
        return count if count > self._at["tasks"] else None

    @staticmethod
    def _write(path: str) -> object:
        """A file, and what is written to it; an empty one is no more than a name."""
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        try:
            return os.write(file, bytes(1024))
        finally:
            os.close(file)
            with suppress(OSError):
                Path(path).unlink()

    @staticmethod
    def _first(places: list[Path]) -> object:
        for place in places:
            with suppress(OSError):
                return os.open(place, os.O_RDONLY)
        return None


def names() -> list[str]:
    """Every probe."""
    return [name for name in vars(Probes) if not name.startswith("_")]


def outcome(probe: Callable[[], object]) -> str:
    """What a probe came to, in a word or two."""
    try:
        reached = probe()
    except OSError as error:
        word = errno.errorcode.get(error.errno or 0, str(error))
        return f"refused {word}" if error.errno in REFUSALS else f"reached the kernel: {word}"
    return f"reached {reached!r:.60}" if reached else "refused"


def main(words: list[str]) -> int:
    """Try, and tell."""
    answers = int(words[0])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # too large a file shall be an error here, not the end
    probes = Probes(json.loads(words[1]), answers)
    told = {name: outcome(getattr(probes, name)) for name in words[2:] or names()}
    os.write(answers, json.dumps(told).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
