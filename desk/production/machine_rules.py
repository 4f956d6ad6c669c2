"""Rules over the machine: who runs xacast, what holds decoders, which versions are there (T-08, T-39)."""

import re

from desk.production.facts import Facts
from desk.production.rule import Rule, some, when
from desk.settings import OFF

DESCRIPTORS = 8_192
"""Two for each viewer at most, some for each edge, and the disk's."""
PYTHON = (3, 11, 4)
"""Below it `tarfile`, `urllib` and `ssl` have holes that 3.11.4 closed (CVE-2007-4559, CVE-2023-24329); T-39."""
OPENSSL = (3, 0, 7)
"""CVE-2022-3602 and -3786: two overflows in certificates' names, in 3.0.0 to 3.0.6."""
EXPAT = (2, 4, 1)
"""CVE-2013-0340: before it a few lines of XML fill any memory; T-34."""
AIOHTTP = (3, 13, 3)
"""CVE-2025-69223 and its seven companions; T-39."""
FFMPEG = ((5, 1, 9), (8, 1, 3))
"""Where the holes that are known are closed: CVE-2026-8461 and CVE-2026-107697 in 8.1.3; 5.1.9 is what Debian 12
keeps repaired (CVE-2023-6602, -6604, -6605 since 5.1.7). Of those between none is known here to be."""
_NUMBERS = re.compile(r"n?(\d+)\.(\d+)(?:\.(\d+))?")


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _below(name: str, found: tuple[int, ...], floor: tuple[int, ...]) -> str:
    return when(found < floor, f"{name} is {_dotted(found)}, and {_dotted(floor)} is the least")


def _ffmpeg(facts: Facts) -> str:
    said = facts.machine.ffmpeg
    numbers = _NUMBERS.match(said)
    if not said or numbers is None:
        return ""
    version = tuple(int(number or 0) for number in numbers.groups())
    kept, newest = FFMPEG
    if version >= newest or (version[:2] == kept[:2] and version >= kept):
        return ""
    return f"FFmpeg {said} has known holes, or nobody here knows that it has none"


MACHINE_RULES = (
    Rule(
        name="runs-as-root", fatal=True, remedy="Run it as a user of its own: deploy/systemd/ has units that do",
        look=lambda f: when(f.machine.root, "xacast runs as root"),
    ),
    Rule(
        name="no-bubblewrap", fatal=True,
        remedy='apt install bubblewrap, let users make user namespaces, and set cage = "require"',
        look=lambda f: when(
            f.settings.cage != OFF and f.machine.bubblewrap,
            f"decoders run without bubblewrap: {f.machine.bubblewrap}",
        ),
    ),
    Rule(
        name="few-descriptors", remedy=f"Set LimitNOFILE={DESCRIPTORS * 8} in the unit, or `ulimit -n`",
        look=lambda f: when(
            f.machine.descriptors < DESCRIPTORS,
            f"a process may have {f.machine.descriptors} files and connections open, {DESCRIPTORS} are the least",
        ),
    ),
    Rule(
        name="core-dumps", remedy="Set LimitCORE=0 in the unit, and have core_pattern name no program",
        look=lambda f: when(f.machine.core_dumps, "what crashes writes its memory, with keys, to a disk"),
    ),
    Rule(
        name="swap-in-clear", remedy="Encrypt the swap (crypttab: swap), use zram, or `swapoff -a`",
        look=lambda f: when(f.machine.swap, f"memory, with keys, may lie in clear on {some(f.machine.swap)}"),
    ),
    Rule(
        name="clock-never-set", remedy="Set it, or start NTP: media numbers come from the clock",
        look=lambda f: when(not f.machine.clock_set, "the clock was never set"),
    ),
    Rule(
        name="clock-not-held", remedy="Start chrony or systemd-timesyncd, with a server that answers",
        look=lambda f: when(f.machine.clock_set and not f.machine.clock_held, "the clock is not held by NTP"),
    ),
    Rule(
        name="no-time-zones", remedy="apt install tzdata",
        look=lambda f: when(not f.machine.zones, "this machine knows no time zones"),
    ),
    Rule(
        name="no-setpriv", remedy="apt install util-linux",
        look=lambda f: when(not f.machine.setpriv, "nothing ties children to their parents: setpriv is missing"),
    ),
    Rule(
        name="old-python", remedy="Install a newer Python, and xacast into it",
        look=lambda f: _below("Python", f.machine.python, PYTHON),
    ),
    Rule(
        name="old-openssl", remedy="Bring the system up to date",
        look=lambda f: _below("OpenSSL", f.machine.openssl, OPENSSL),
    ),
    Rule(
        name="old-expat", remedy="Install a Python that is built with a newer one",
        look=lambda f: _below("expat", f.machine.expat, EXPAT),
    ),
    Rule(
        name="old-aiohttp", remedy="Install xacast from its lock (scripts/setup run)",
        look=lambda f: _below("aiohttp", f.machine.aiohttp, AIOHTTP),
    ),
    Rule(
        name="aiohttp-without-c", remedy="Install the wheel, and leave AIOHTTP_NO_EXTENSIONS unset",
        look=lambda f: when(not f.machine.aiohttp_in_c, "aiohttp reads requests by its slow parser, without C"),
    ),
    Rule(
        name="no-ffmpeg", remedy="Install one, or name it in XACAST_FFMPEG; `xacast doctor` says more",
        look=lambda f: when(not f.machine.ffmpeg, "there is no FFmpeg that fits"),
    ),
    Rule(
        name="ffmpeg-with-holes", look=_ffmpeg,
        remedy=f"Install {_dotted(FFMPEG[1])} or newer, or Debian 12's {_dotted(FFMPEG[0])}, and keep it so",
    ),
    Rule(
        name="no-page", remedy="scripts/build-player, or install the wheel",
        look=lambda f: when(not f.machine.page, "the viewers' page is not built"),
    ),
    Rule(
        name="strange-packages", remedy="Install xacast into an environment of its own",
        look=lambda f: when(f.machine.strange_packages, f"another package is called {f.machine.strange_packages}"),
    ),
)
