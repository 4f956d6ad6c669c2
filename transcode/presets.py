"""Ladders by name: each a TOML file beside this module, checked when it is loaded."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from importlib.resources import files
from typing import Any

from flow.canvas import Canvas
from flow.errors import OperatorError
from flow.ids import RenditionId, is_id
from flow.ladder import (
    Ladder,
    Rendition,
    SoundGroup,
    group_id,
    hevc_id,
    iframes_id,
    is_captions,
    is_hevc,
    is_sound,
    is_ts,
    of_iframes,
    ts_id,
)
from flow.thumbnail import is_thumbnails
from transcode.hevc import with_hevc

DEFAULT_LADDER = "conference-720"

_SUFFIX = ".toml"
_RUNG_KEYS = ("id", "width", "height", "crf", "maxrate", "bufsize", "preset")
_RUNG_EXTRAS = ("aq", "psy")
"""May be left out: x264's own strengths hold then."""
_X264_PRESETS = (
    "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow",
)
_CRF = range(10, 41)
_SIDES = range(2, 4097)
_SOUND = range(32_000, 256_001)
_MAXRATE = range(20_000, 50_000_001)
_STRONGEST = 2.0


def ladder_names() -> tuple[str, ...]:
    """Names that `load_ladder` knows, sorted."""
    shelf = files("transcode") / "ladders"
    return tuple(sorted(f.name.removesuffix(_SUFFIX) for f in shelf.iterdir() if f.name.endswith(_SUFFIX)))


def load_ladder(name: str, *, hevc: bool = False) -> Ladder:
    """The ladder called `name`, with HEVC beside each picture if wanted; raises OperatorError, with the nearest
    right name, when there is none."""
    names = ladder_names()
    if name not in names:
        near = get_close_matches(name, names, n=1, cutoff=0.5)
        remedy = (f"Did you mean {near[0]}? " if near else "") + "There are " + ", ".join(names)
        problem = f"there is no ladder “{name}”"
        raise OperatorError(problem, remedy)
    text = (files("transcode") / "ladders" / f"{name}{_SUFFIX}").read_text(encoding="utf-8")
    ladder = parse_ladder(name, text)
    return with_hevc(ladder) if hevc else ladder


def parse_ladder(name: str, text: str) -> Ladder:
    """The ladder that a TOML text describes, without the renditions that its canvas does not reach: they would
    only enlarge it. Raises OperatorError saying which value is wrong, and why."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = f"ladder {name} is no TOML: {error}"
        raise OperatorError(problem, "Mend the file") from error
    _keys(name, data, ("canvas", "sound", "video"))
    canvas = _canvas(name, data["canvas"])
    if not isinstance(data["video"], list) or not data["video"]:
        raise _wrong(name, "it has no [[video]]", "Give it at least one")
    every = tuple(_rung(name, rung, canvas) for rung in data["video"])
    _order(name, every)
    video = tuple(rung for rung in every if rung.width <= canvas.width and rung.height <= canvas.height)
    if not video:
        raise _wrong(name, "every rendition is larger than the canvas", "Give it one that is not")
    return Ladder(name=name, canvas=canvas, video=video, sounds=_sounds(name, data["sound"]))


def _canvas(name: str, data: object) -> Canvas:
    if not isinstance(data, dict):
        raise _wrong(name, "canvas is no table", "Write canvas = { width = 1280, height = 720, fps = 25 }")
    _keys(f"{name}, canvas", data, ("width", "height", "fps"))
    width, height = (_within(name, side, data[side], _SIDES) for side in ("width", "height"))
    try:
        return Canvas(width=width, height=height, fps=_within(name, "fps", data["fps"], range(1, 61)))
    except ValueError as error:
        raise _wrong(name, str(error), "Choose even sides, and 25 or 50 frames/s") from error


def _rung(name: str, data: object, canvas: Canvas) -> Rendition:
    if not isinstance(data, dict):
        raise _wrong(name, "video is no list of tables", "Begin each rendition with [[video]]")
    _keys(f"{name}, video", data, _RUNG_KEYS, _RUNG_EXTRAS)
    ident, preset = data["id"], data["preset"]
    if not isinstance(ident, str) or not _is_free(RenditionId(ident)):
        raise _wrong(name, f"“{ident}” cannot be a rendition's id", "Use a-z, 0-9 and -, 51 at most, as in v720")
    place = f"{name}, {ident}"
    if preset not in _X264_PRESETS:
        raise _wrong(place, f"“{preset}” is no preset of x264", "There are " + ", ".join(_X264_PRESETS))
    width, height = _sides(place, data, canvas)
    maxrate = _within(place, "maxrate", data["maxrate"], _MAXRATE)
    # Less than a quarter of a second starves key pictures; more than a second could burst a thin line.
    bufsize = _within(place, "bufsize", data["bufsize"], range(maxrate // 4, maxrate + 1))
    return Rendition(
        id=RenditionId(ident), width=width, height=height, fps=canvas.fps,
        crf=_within(place, "crf", data["crf"], _CRF), maxrate=maxrate, bufsize=bufsize, preset=preset,
        aq=_strength(place, "aq", data), psy=_strength(place, "psy", data),
    )


def _sides(place: str, data: Mapping[str, Any], canvas: Canvas) -> tuple[int, int]:
    """Width and height. A picture of another shape than the canvas's would be squeezed; what is off by rounding,
    at most two pixels in the width, is not."""
    width, height = (_within(place, side, data[side], _SIDES) for side in ("width", "height"))
    if width % 2 or height % 2:
        raise _wrong(place, f"{width}x{height} has an odd side", "Both sides must be even")
    if abs(width * canvas.height - height * canvas.width) > 2 * canvas.height:
        right = max(2, round(height * canvas.width / canvas.height / 2) * 2)
        whole = f"{canvas.width}x{canvas.height}"
        problem = f"{width}x{height} is not of the canvas's shape, {whole}: it would be squeezed"
        raise _wrong(place, problem, f"Write {right}x{height}")
    return width, height


def _sounds(name: str, data: object) -> tuple[SoundGroup, ...]:
    """The groups of sounds, richest first; each but the last says from which pictures on it is used."""
    if not isinstance(data, list) or not data or not all(isinstance(group, dict) for group in data):
        raise _wrong(name, "it has no [[sound]]", "Give it at least one, with its bitrate")
    groups = tuple(_sound(name, at, group, last=at == len(data) - 1) for at, group in enumerate(data))
    for value in ("bitrate", "from_maxrate"):
        found = [getattr(group, value) for group in groups]
        if found != sorted(set(found), reverse=True):
            raise _wrong(name, "the sounds are out of order", f"List them from the highest {value} to the lowest")
    return groups


def _sound(name: str, at: int, data: dict[str, Any], *, last: bool) -> SoundGroup:
    place = f"{name}, sound"
    _keys(place, data, ("bitrate",) if last else ("bitrate", "from_maxrate"))
    bitrate = _within(place, "bitrate", data["bitrate"], _SOUND)
    least = 0 if last else _within(place, "from_maxrate", data["from_maxrate"], _MAXRATE)
    return SoundGroup(id=group_id(at, bitrate), bitrate=bitrate, from_maxrate=least)


def _is_free(ident: RenditionId) -> bool:
    """Whether a picture may have this id, and with it those under which HEVC, old boxes and first pictures are
    found."""
    others = is_captions(ident) or is_thumbnails(ident) or is_hevc(ident)
    taken = is_sound(ident) or others or is_ts(ident) or of_iframes(ident) is not None
    return not taken and all(is_id(name) for name in (ident, ts_id(ident), iframes_id(hevc_id(ident))))


def _order(name: str, video: tuple[Rendition, ...]) -> None:
    if len({rung.id for rung in video}) != len(video):
        raise _wrong(name, "two renditions have the same id", "Give each its own")
    rates = [rung.maxrate for rung in video]
    if rates != sorted(rates, reverse=True):
        raise _wrong(name, "the renditions are out of order", "List them from the highest maxrate to the lowest")


def _keys(place: str, data: Mapping[str, Any], wanted: tuple[str, ...], extras: tuple[str, ...] = ()) -> None:
    """Raise OperatorError unless `data` has exactly the keys wanted, and no others but extras."""
    known = wanted + extras
    for key in data:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            remedy = f"Did you mean {near[0]}" if near else "There are " + ", ".join(known)
            raise _wrong(place, f"“{key}” is unknown", remedy)
    missing = [key for key in wanted if key not in data]
    if missing:
        raise _wrong(place, f"{missing[0]} is missing", f"It needs {', '.join(wanted)}")


def _within(place: str, key: str, value: object, allowed: range) -> int:
    if type(value) is not int or value not in allowed:  # True is an int to isinstance
        remedy = f"Choose a whole number from {allowed.start} to {allowed.stop - 1}"
        raise _wrong(place, f"{key} cannot be {value!r}", remedy)
    return value


def _strength(place: str, key: str, data: Mapping[str, Any]) -> float:
    value = data.get(key, 1.0)
    if type(value) not in (int, float) or not 0 <= value <= _STRONGEST:
        raise _wrong(place, f"{key} cannot be {value!r}", f"Choose a number from 0 to {_STRONGEST:g}")
    return float(value)


def _wrong(place: str, problem: str, remedy: str) -> OperatorError:
    return OperatorError(f"ladder {place}: {problem}", remedy)
