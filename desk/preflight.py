"""What must be true before anything is started: ports free, room on the disk. Each lack is one sentence."""

import errno
import shutil
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desk.errors import AnotherRunsError, PortTakenError
from desk.listener import Listener
from desk.settings import Settings
from flow.channel import Channel
from flow.errors import OperatorError
from flow.feed import Feed, FeedKind
from ingest.means import Means
from ingest.pictures.backdrop import LARGEST
from ingest.pictures.overlay import LARGEST_LOGO
from ingest.pictures.picture_file import read_picture
from ingest.probe import probe
from ingest.reach.beforehand import refused
from ingest.reach.reach import Reach

LEAST_FREE = 256 * 1024 * 1024
"""Bytes: some minutes of a ladder, so that the first hour does not end on a full disk unseen."""


IN_USE = "is in use"


def check_data(settings: Settings) -> None:
    """Make the data directory; raises OperatorError when it cannot be made or written."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.data):
            pass
    except OSError as error:
        problem = f"nothing can be written to {settings.data}: {error.strerror}"
        raise OperatorError(problem, "Name another data directory in XACAST_DATA") from error


def check_ports(settings: Settings) -> None:
    """Raises PortTakenError for a listener that cannot be opened, AnotherRunsError when most are in use."""
    found: list[tuple[str, Listener, str]] = []
    for name in ("viewers", "operators", "machines"):
        listener: Listener = getattr(settings, name)
        if why := port_trouble(listener):
            found.append((name, listener, why))
    if sum(why == IN_USE for _, _, why in found) > 1:
        raise AnotherRunsError(tuple(listener.port for _, listener, _ in found))
    if found:
        raise PortTakenError(*found[0])


def check_door(settings: Settings) -> None:
    """Raises PortTakenError when the RTMP door, which is not open yet, could not be opened."""
    if why := port_trouble(settings.rtmp):
        name = "rtmp"
        raise PortTakenError(name, settings.rtmp, why)


def port_trouble(listener: Listener) -> str:
    """Why the listener cannot be opened, as the end of a sentence; empty when it can."""
    family = socket.AF_INET6 if ":" in listener.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the real one: TIME_WAIT is no hindrance
        try:
            door.bind((listener.host, listener.port))
            door.listen(1)
        except OSError as error:
            return IN_USE if error.errno == errno.EADDRINUSE else f"cannot be opened: {error.strerror}"
    return ""


def free_bytes(folder: Path) -> int:
    """Free bytes where `folder` is or will be."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(there).free


def held_bytes(folder: Path) -> int:
    """Bytes of all files below `folder`; what goes away meanwhile, or may not be read, counts for nothing."""
    held = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            held += path.stat().st_size if path.is_file() else 0
    return held


def check_file(feed: Feed, means: Means) -> None:
    """Raises OperatorError for a file that has no picture: unlike a sender, it will not have one later."""
    if feed.kind is not FeedKind.FILE:
        return
    report = probe(feed, means)
    if not report.ok:
        problem = f"{feed.shown} cannot be shown: {report.why}"
        raise OperatorError(problem, "Give a file with a picture in it")


def check_reach(channel: Channel, reach: Reach) -> None:
    """Raises OperatorError for a feed that may not be called: a channel that is fed by itself never ends."""
    for feed in channel.feeds:
        if why := refused(feed, reach):
            problem = f"{feed.shown} can never come: {why}"
            raise OperatorError(problem, "Give the address of the sender")


def check_pictures(channel: Channel) -> None:
    """Raises OperatorError for a logo or slate that cannot be read."""
    for path, what, most in ((channel.logo, "logo", LARGEST_LOGO), (channel.slate, "slate", LARGEST)):
        if path:
            read_picture(Path(path), what=what, most=most)


def check_disk(settings: Settings, free: Callable[[Path], int] = free_bytes) -> None:
    """Raises OperatorError when there is too little room to start."""
    room = free(settings.data)
    if room < LEAST_FREE:
        problem = f"the disk of {settings.data} is full: {room // 2**20} MiB free, {LEAST_FREE // 2**20} needed"
        raise OperatorError(problem, "Free some space, or name another data directory in XACAST_DATA")
