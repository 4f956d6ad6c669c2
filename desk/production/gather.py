"""Gathers all facts of this machine, and finds what the rules find."""

import shutil
import sys
import time
from pathlib import Path

from desk.cage import Cages
from desk.ffmpeg import FFmpeg, find_ffmpeg
from desk.production.certificate_facts import certificate_facts
from desk.production.channel_facts import declared_facts
from desk.production.facts import Facts, PeopleFacts
from desk.production.file_facts import Looked, file_facts
from desk.production.machine_facts import machine_facts
from desk.production.people_facts import people_facts
from desk.production.rule import Finding, findings
from desk.production.rules import RULES
from desk.production.setting_facts import setting_facts
from desk.settings import Settings
from flow.errors import OperatorError, XacastError

_NOBODY_ASKED = PeopleFacts(known=True, administrators=("nobody asked",), once=())


def look_over(settings: Settings, config: Path | None) -> tuple[Finding, ...]:
    """Everything; takes some seconds. Raises ToolError when the registry cannot be read."""
    return findings(gather(settings, config, _ffmpeg(settings)), RULES)


def check_production(settings: Settings, config: Path | None, ffmpeg: FFmpeg) -> None:
    """Raises OperatorError for what is fatal; quick, for each start (T-44)."""
    found = [one for one in findings(gather(settings, config, ffmpeg, quick=True), RULES) if one.fatal]
    if found:
        said = "; ".join(f"{one.said} ({one.name})" for one in found)
        problem = f"not started, since production is set: {said}"
        raise OperatorError(problem, f"{found[0].remedy}. `xacast doctor --production` says what to do about each")


def _ffmpeg(settings: Settings) -> FFmpeg | None:
    try:
        return find_ffmpeg(settings.ffmpeg)
    except XacastError:
        return None


def gather(settings: Settings, config: Path | None, ffmpeg: FFmpeg | None, *, quick: bool = False) -> Facts:
    """The facts of this machine; `quick` leaves out what no fatal rule asks for."""
    now, cages = int(time.time()), Cages(settings.cage)
    tools = [ffmpeg.path if ffmpeg else None, sys.executable, shutil.which("bwrap"), shutil.which("setpriv")]
    looked = Looked(
        data=settings.data, config=config, programs=tuple(Path(tool) for tool in tools if tool),
        mounts=Path("/proc/self/mountinfo").read_text("utf-8", "replace"),
    )
    return Facts(
        settings=setting_facts(settings, certificate_facts(settings, now)),
        channels=() if quick else declared_facts(settings),
        files=file_facts(looked, now, quick=quick),
        people=_NOBODY_ASKED if quick else people_facts(settings),
        machine=machine_facts(settings, cages, ffmpeg.version if ffmpeg else "", now),
    )
