"""What the headend's process takes, seen from outside."""

import re
from pathlib import Path


def headend_of(data: Path) -> int:
    """The process id of a machine's headend; raises LookupError."""
    mark = f"XACAST_DATA={data}".encode()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words, around = (entry / "cmdline").read_bytes(), (entry / "environ").read_bytes()
        except OSError:
            continue
        if b"desk.headend_main" in words and mark in around.split(b"\0"):
            return int(entry.name)
    message = f"no headend of {data}"
    raise LookupError(message)


def resident_mib(process: int) -> float:
    """What of a process is in memory."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def descriptors(process: int) -> int:
    """Files and connections that a process has open."""
    return sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())
