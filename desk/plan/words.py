"""A deployment as an operator writes it: options of the command line, or the same names in a TOML file. No I/O."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from desk.plan.deployment import Deployment, Line, Rung
from desk.window_words import window_of
from flow.errors import OperatorError
from flow.ladder import Ladder
from flow.nearest import remedy_for
from flow.profile import PROFILES, Profile
from packager.multivariant import overhead

AVERAGE = 0.75
"""Of what a rendition may spend, in a conference (docs/performance.md)."""
_RATE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([kMG])(?:b/s|bit/s)?", re.ASCII)
_SCALE = {"k": 1e3, "M": 1e6, "G": 1e9}
_COUNTS = ("sites", "provinces", "largest", "screens", "channels", "edges", "cores")
_AMOUNTS = ("meetings", "hours", "months")
_RATES = ("province_line", "centre_line")
DEFAULTS: Mapping[str, Any] = {
    "sites": 3321, "provinces": 34, "largest": 0, "screens": 1, "line": ["2M"], "ladder": "conference-720",
    "profile": "low", "channels": 1, "meetings": 8.0, "hours": 3.0, "months": 12.0, "window": "2h", "edges": 2,
    "province_line": "", "centre_line": "", "cores": 0, "encode": 0.0,
}
"""The country since July 2025, a meeting on two days a week. `largest` 0 is the largest province's share of all
communes (168 of 3,321); `encode` 0 is what a trial on this machine says."""


def deployment_of(given: Mapping[str, Any], ladder: Ladder, encode: float) -> Deployment:
    """What `given` and the defaults say; raises OperatorError, with the nearest right name, for what makes no
    sense."""
    for name in given:
        if name not in DEFAULTS:
            problem = f"a plan has no “{name}”"
            raise OperatorError(problem, remedy_for(name, DEFAULTS))
    words = {**DEFAULTS, **given}
    counts = {name: _count(name, words[name]) for name in _COUNTS}
    counts |= {name: rate_of(words[name]) if words[name] else 0 for name in _RATES}
    meetings, hours, months = (_amount(name, words[name]) for name in _AMOUNTS)
    counts["largest"] = counts["largest"] or max(1, round(counts["sites"] * 168 / 3321))
    profile = _profile(words["profile"])
    return Deployment(
        **counts, meetings=meetings, hours=hours, months=months, lines=lines_of(words["line"]), ladder=ladder.name,
        rungs=rungs_of(ladder, profile), sounds=len(ladder.sounds), profile=profile, encode=encode,
        window=window_of(str(words["window"])),
    )


def rungs_of(ladder: Ladder, profile: Profile) -> tuple[Rung, ...]:
    """What the multivariant playlist will declare, the heaviest first."""
    rungs = []
    for one in ladder.video:
        spent = one.maxrate + ladder.sound_of(one).bitrate
        boxes = overhead(profile, one.fps)
        rungs.append(Rung(name=one.id, peak=spent + boxes, average=round(spent * AVERAGE) + boxes))
    return tuple(sorted(rungs, key=lambda rung: -rung.peak))


def rate_of(word: object) -> int:
    """Bit/s of 500k, 2M or 1.5Gb/s; raises OperatorError."""
    found = _RATE.fullmatch(str(word))
    if found is None or not float(found[1]):
        problem = f"“{str(word)[:40]}” is no rate"
        raise OperatorError(problem, "Write it as 500k, 2M or 1G: bits a second")
    return round(float(found[1]) * _SCALE[found[2]])


def lines_of(words: object) -> tuple[Line, ...]:
    """Lines of `RATE` or `RATE=PERCENT`; what is left of all places goes to those without a share. Raises
    OperatorError."""
    given = [words] if isinstance(words, str) else words
    if not isinstance(given, Sequence) or not given:
        problem = "a plan needs a line to the places"
        raise OperatorError(problem, "Write --line 2M, or --line 1M=40 --line 4M for 40 percent and the rest")
    split = [str(word).partition("=")[::2] for word in given]
    told = [_percent(percent) for _, percent in split if percent]
    rest = 1 - sum(told)
    open_ended = len(split) - len(told)
    if rest < -1e-9 or (open_ended == 0 and rest > 1e-9):
        problem = f"the shares of the lines make {100 * sum(told):g} percent"
        raise OperatorError(problem, "Let them make 100, or leave one without a share")
    return tuple(
        Line(rate=rate_of(rate), share=_percent(percent) if percent else rest / open_ended)
        for rate, percent in split
    )


def _percent(word: str) -> float:
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", word, re.ASCII) or float(word) > 100:
        problem = f"“{word[:40]}” is no share"
        raise OperatorError(problem, "Write it as percent, such as --line 1M=40")
    return float(word) / 100


def _count(name: str, value: object) -> int:
    least = 0 if name in ("largest", "cores", "edges") else 1
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= 10_000_000:
        problem = f"{name} is “{str(value)[:40]}”"
        raise OperatorError(problem, f"Give a whole number from {least} on")
    return value


def _amount(name: str, value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 100_000:
        problem = f"{name} is “{str(value)[:40]}”"
        raise OperatorError(problem, "Give a number from 0 on")
    return float(value)


def _profile(word: object) -> Profile:
    found = next((profile for name, profile in PROFILES.items() if name == word), None)
    if found is None:
        problem = f"there is no profile “{str(word)[:40]}”"
        raise OperatorError(problem, remedy_for(str(word), list(PROFILES)))
    return found
