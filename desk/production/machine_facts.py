"""The machine, as facts: who we are, what the kernel says, which versions there are."""

import ctypes
import os
import pyexpat
import re
import resource
import shutil
import ssl
import sys
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk.cage import Cages, Level
from desk.checkup import Mark, check_packages, check_page
from desk.production.facts import MachineFacts
from desk.settings import Settings

_BUILT = 1_767_225_600
"""2026-01-01: a clock before it was never set."""
_HONOURS_LIMITS = ("systemd-coredump", "apport")
_UNSYNCHRONISED = 0x0040
_STATUS_AT = 5 * ctypes.sizeof(ctypes.c_long)
"""`status` in `struct timex`, after one int, padded, and four longs (adjtimex(2))."""


def machine_facts(
    settings: Settings, cages: Cages, ffmpeg: str, now_s: int, proc: Path = Path("/proc"),
) -> MachineFacts:
    """The facts; `ffmpeg` is the version of the one that is used, empty for none. Changes nothing."""
    import aiohttp  # noqa: PLC0415 - a second of imports, for this look alone
    from aiohttp import http_parser  # noqa: PLC0415

    page, packages = check_page(), check_packages()
    return MachineFacts(
        root=_user(settings) == 0,
        descriptors=_descriptors(settings, proc),
        core_dumps=core_dumps(_text(proc / "sys/kernel/core_pattern"), _limits(settings, proc)),
        swap=swap_in_clear(_text(proc / "swaps")),
        clock_set=now_s >= _BUILT, clock_held=clock_held(), zones=_knows(settings.timezone),
        setpriv=shutil.which("setpriv") is not None,
        bubblewrap="" if cages.level is Level.BUBBLEWRAP else cages.why,
        python=sys.version_info[:3], openssl=openssl_of(ssl.OPENSSL_VERSION_INFO), expat=pyexpat.version_info,
        aiohttp=numbers_of(aiohttp.__version__),
        aiohttp_in_c=http_parser.HttpRequestParser is not http_parser.HttpRequestParserPy,
        ffmpeg=ffmpeg, page=page.mark is Mark.OK,
        strange_packages="" if packages.mark is Mark.OK else packages.said,
    )


def numbers_of(version: str) -> tuple[int, ...]:
    """`3.14.1rc2` as (3, 14, 1)."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()


def openssl_of(info: tuple[int, int, int, int, int]) -> tuple[int, ...]:
    """Python writes OpenSSL 3.0.15 as 3, 0, 0, 15, 0: what was a letter before 3.0 is the third number since."""
    major, minor, fix, patch, _ = info
    return (major, minor, patch if major >= 3 else fix)


def clock_held() -> bool:
    """Whether something holds the kernel's clock to the world's, as adjtimex(2) says without any rights."""
    state = ctypes.create_string_buffer(512)  # `struct timex` has 208 bytes; its modes are 0: nothing is changed
    if ctypes.CDLL(None, use_errno=True).adjtimex(state) < 0:
        return False
    return not ctypes.c_int.from_buffer(state, _STATUS_AT).value & _UNSYNCHRONISED


def swap_in_clear(swaps: str) -> tuple[str, ...]:
    """The swap that is neither in memory (zram) nor on what the device mapper may have encrypted; as proc(5)."""
    names = [line.split()[0] for line in swaps.splitlines()[1:] if line.strip()]
    return tuple(name for name in names if not name.startswith(("/dev/dm-", "/dev/mapper/", "/dev/zram")))


def core_dumps(pattern: str, limits: str) -> bool:
    """Whether a crash is written somewhere: core(5). A limit of 0 keeps it out of files, not out of programs."""
    if pattern.startswith("|") and not any(name in pattern for name in _HONOURS_LIMITS):
        return True
    found = re.search(r"^Max core file size +(\S+) +(\S+)", limits, re.MULTILINE)
    return found is not None and found[1] != "0"


def _running(settings: Settings) -> int | None:
    """The process that has this data directory up; the file stays behind when it has gone."""
    try:
        holder = int((settings.run / "lock").read_text("ascii"))
        os.kill(holder, 0)
    except (OSError, ValueError):
        return None
    return holder


def _limits(settings: Settings, proc: Path) -> str:
    holder = _running(settings)
    return _text(proc / str(holder or "self") / "limits")


def _user(settings: Settings) -> int:
    """Who has it up; else who looks."""
    holder = _running(settings)
    try:
        return os.geteuid() if holder is None else Path(f"/proc/{holder}").stat().st_uid
    except OSError:
        return os.geteuid()


def _descriptors(settings: Settings, proc: Path) -> int:
    found = re.search(r"^Max open files +\S+ +(\d+)", _limits(settings, proc), re.MULTILINE)
    return int(found[1]) if found else resource.getrlimit(resource.RLIMIT_NOFILE)[1]


def _knows(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
