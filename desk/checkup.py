"""Is this machine fit? Each check is one line: what was looked at, how it is, and what to do."""

import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from desk.api_client import ApiClient
from desk.cage import Cages, Level, kernel_refuses
from desk.costs import Costs, cores
from desk.ffmpeg import FFmpeg, find_ffmpeg
from desk.fit import SHARE, biggest
from desk.ladder_choice import CHOICES
from desk.preflight import LEAST_FREE, free_bytes, port_trouble
from desk.settings import REQUIRE, Settings
from desk.window_words import bytes_of_window, room_said
from flow.cage import CageTrial
from flow.encoder_kind import HARDWARE, EncoderKind
from flow.errors import XacastError
from player.assets import Assets
from transcode.presets import load_ladder

ROOMS = ("flow", "ingest", "transcode", "packager", "origin", "player", "desk")
AMPLE = 10 * 2**30
"""Bytes; about ten hours of one channel's largest ladder."""
_BUILT = 1_767_225_600
"""2026-01-01: a clock before it was never set."""


class Mark(StrEnum):
    """How a check went; `NONE` says that something is not there, and need not be."""

    OK = "ok"
    NONE = "none"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the table."""

    name: str
    mark: Mark
    said: str

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return asdict(self)


def check_tools(chosen: str) -> tuple[Check, FFmpeg | None]:
    """FFmpeg and its encoders."""
    try:
        found = find_ffmpeg(chosen)
    except XacastError as error:
        return Check(name="ffmpeg", mark=Mark.FAIL, said=str(error)), None
    said = f"{found.version} with libx264 and AAC, {found.path}"
    if not found.srt:
        return Check(name="ffmpeg", mark=Mark.WARN, said=f"{said}; without SRT: no srt:// feeds"), found
    return Check(name="ffmpeg", mark=Mark.OK, said=said), found


def check_encoders(tried: Callable[[EncoderKind], str]) -> Iterator[Check]:
    """The encoders that there may be besides x264; `tried` makes a trial and says why one is not taken."""
    for kind in HARDWARE:
        why = tried(kind)
        said = f"not taken: {why}" if why else "can be taken: the pictures of its trial lie on the grid"
        yield Check(name=f"encoder {kind}", mark=Mark.NONE if why else Mark.OK, said=said)


def check_hevc(found: FFmpeg, *, wanted: bool) -> Check:
    """What makes the pictures of `--hevc`, which nobody needs who does not ask for it."""
    if found.hevc:
        return Check(name="hevc", mark=Mark.OK, said="libx265 is there, for channels with --hevc")
    said = f"{found.path} was built without libx265: no channel can have --hevc"
    return Check(name="hevc", mark=Mark.FAIL if wanted else Mark.NONE, said=said)


def check_setpriv() -> Check:
    """What ties children to their parents."""
    path = shutil.which("setpriv")
    if path is None:
        return Check(name="setpriv", mark=Mark.FAIL, said="not found; install util-linux")
    return Check(name="setpriv", mark=Mark.OK, said=path)


def check_cage(cages: Cages) -> Check:
    """What a decoder, which works on the bytes of strangers, can reach of this machine (T-08)."""
    if cages.level is Level.BUBBLEWRAP:
        said = "bubblewrap: a decoder sees its program and its feed, no network, no other process"
        return Check(name="cage", mark=Mark.OK, said=said)
    if cages.level is Level.OFF:
        said = "off: a decoder may do whatever this user may; set XACAST_CAGE=best"
        return Check(name="cage", mark=Mark.WARN, said=said)
    way_out = f"bubblewrap: {cages.why}; apt install bubblewrap"
    if cages.wanted == REQUIRE:
        return Check(name="cage", mark=Mark.FAIL, said=f"required, and no decoder starts without it; {way_out}")
    files, calls = kernel_refuses()
    held = ["limits, no new rights"]
    held += ["no file but its feed"] if files else []
    held += ["no network, no new process"] if calls else []
    said = f"limits alone: {', '.join(held)}; {way_out}"
    return Check(name="cage", mark=Mark.WARN, said=said)


def check_trial(trial: CageTrial) -> Check:
    """What came of trying the cage with a program that wants to get out of it (T-08)."""
    said = f"{trial.refused} of {trial.tried} attempts to get out were refused"
    if not trial.tried:
        mark = Mark.WARN if trial.level == Level.OFF else Mark.FAIL
        return Check(name="cage tried", mark=mark, said="nothing could be tried")
    if trial.open:
        mark = Mark.FAIL if trial.level == Level.BUBBLEWRAP else Mark.WARN
        return Check(name="cage tried", mark=mark, said=f"{said}; a decoder may {', '.join(trial.open)}")
    return Check(name="cage tried", mark=Mark.OK, said=said)


def check_listeners(settings: Settings, *, ours: bool) -> Iterator[Check]:
    """The ports: free, or held by what is up (`ours`). Without publishers nobody needs the door's."""
    yield from _headend_ports(settings, ours=ours)
    why = port_trouble(settings.rtmp)
    if why and not ours:
        said = f"{settings.rtmp} {why}: no publisher could come; choose another with XACAST_RTMP"
        yield Check(name="port rtmp", mark=Mark.WARN, said=said)
    else:
        said = "held, by the RTMP door if a channel has a publisher" if why else "is free"
        yield Check(name="port rtmp", mark=Mark.OK, said=f"{settings.rtmp} {said}")


def _headend_ports(settings: Settings, *, ours: bool) -> Iterator[Check]:
    for name in ("viewers", "operators", "machines"):
        listener = getattr(settings, name)
        why = port_trouble(listener)
        if why and ours:
            yield Check(name=f"port {name}", mark=Mark.OK, said=f"{listener}, held by the headend that is up")
        elif why:
            said = f"{listener} {why}; choose another with XACAST_{name.upper()}"
            yield Check(name=f"port {name}", mark=Mark.FAIL, said=said)
        else:
            yield Check(name=f"port {name}", mark=Mark.OK, said=f"{listener} is free")


def is_up(settings: Settings) -> bool:
    """Whether a headend answers here."""
    try:
        ApiClient(settings).channels()
    except XacastError:
        return False
    return True


def check_clock(now: float | None = None, synchronised: Callable[[], str] | None = None) -> Check:
    """The wall clock: media numbers come from it, so it should be held by NTP."""
    if (time.time() if now is None else now) < _BUILT:
        return Check(name="clock", mark=Mark.FAIL, said="the clock was never set; set it, or start NTP")
    word = (synchronised or _ntp_word)()
    if word == "no":
        said = "not held by NTP; start systemd-timesyncd or chrony, since media numbers come from the clock"
        return Check(name="clock", mark=Mark.WARN, said=said)
    said = "held by NTP" if word == "yes" else "set; whether NTP holds it is not known here"
    return Check(name="clock", mark=Mark.OK, said=said)


def _ntp_word() -> str:
    """“yes” or “no” as systemd says, empty where there is none."""
    tool = shutil.which("timedatectl")
    if tool is None:
        return ""
    try:
        answer = subprocess.run(
            [tool, "show", "-p", "NTPSynchronized", "--value"], stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=5, check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip()


def check_disk_room(data: Path, free: Callable[[Path], int] = free_bytes) -> Check:
    """Room for media."""
    room = free(data)
    said = f"{room / 2**30:.1f} GiB free in {data}"
    if room < LEAST_FREE:
        return Check(name="disk", mark=Mark.FAIL, said=f"{said}; free some space")
    return Check(name="disk", mark=Mark.WARN if room < AMPLE else Mark.OK, said=said)


def check_window_room(
    data: Path, ladder: str, seconds: int, free: Callable[[Path], int] = free_bytes, *, hevc: bool = False,
) -> Check:
    """The disk against what one channel's window takes."""
    name, room = f"disk for {_called(ladder, hevc=hevc)}", free(data)
    need = bytes_of_window(load_ladder(ladder, hevc=hevc), 1, seconds)
    said = room_said(seconds, need, room)
    if need > room:
        return Check(name=name, mark=Mark.WARN, said=f"{said}: the oldest would go first; take a shorter --window")
    return Check(name=name, mark=Mark.OK, said=said)


def check_cores(
    ladder: str, costs: Costs, load: Callable[[], float] = lambda: os.getloadavg()[0], *, hevc: bool = False,
) -> Check:
    """Cores against the ladder asked for, and against what else wants them now (`load`, as Linux counts it)."""
    name = f"cores for {_called(ladder, hevc=hevc)}"
    try:
        found = costs.look(ladder, hevc=hevc)
    except XacastError as error:
        return Check(name=name, mark=Mark.FAIL, said=str(error))
    cost, when = found.cost, datetime.fromtimestamp(found.at).astimezone()
    said = f"one channel takes {cost:.2f} of {cores()} cores (measured {when:%Y-%m-%d %H:%M})"
    if cost <= SHARE * cores():
        busy = load()
        said += f"; {busy:.1f} tasks have wanted them in the last minute"
        if busy > cores():
            said += ", more than there are: end other work, or the encoder may not keep up"
        tight = busy > cores() or cost > 0.8 * cores()
        return Check(name=name, mark=Mark.WARN if tight else Mark.OK, said=said)
    try:
        others = (one for one in CHOICES if one != ladder)
        other = biggest(others, partial(costs.of, hevc=hevc), SHARE * cores())
    except XacastError as error:
        return Check(name=name, mark=Mark.FAIL, said=f"{said}; {error}")
    way_out = f"take --ladder {other}, which fits" if other else "no ladder fits this machine"
    return Check(name=name, mark=Mark.FAIL, said=f"{said}; {way_out}")


def _called(ladder: str, *, hevc: bool) -> str:
    return f"{ladder} with HEVC" if hevc else ladder


def check_page() -> Check:
    """Whether the viewers' page is built."""
    try:
        Assets.load()
    except XacastError as error:
        return Check(name="page", mark=Mark.FAIL, said=str(error))
    return Check(name="page", mark=Mark.OK, said="built")


def check_packages() -> Check:
    """That our rooms' short names mean our rooms, and no other distribution's package."""
    home = Path(__file__).resolve().parents[1]
    strangers = []
    for room in ROOMS:
        spec = importlib.util.find_spec(room)
        if spec is None or spec.origin is None or Path(spec.origin).resolve().parents[1] != home:
            strangers.append(room)
    if strangers:
        said = f"another package is called {', '.join(strangers)}; install xacast into an environment of its own"
        return Check(name="packages", mark=Mark.FAIL, said=said)
    return Check(name="packages", mark=Mark.OK, said=f"all rooms from {home}")
