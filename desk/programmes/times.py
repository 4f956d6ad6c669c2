"""Times of programmes: whole seconds since the epoch inside, the clock of the place for people."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flow.errors import OperatorError

VIETNAM = "Asia/Ho_Chi_Minh"
_DAY = re.compile(r"(0?[1-9]|[12][0-9]|3[01])/(0?[1-9]|1[0-2])/([0-9]{4})(.*)", re.ASCII)
"""As a day is written in Viet Nam, with whatever follows."""
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_SECONDS = {
    "s": 1, "sec": 1, "giây": 1, "m": 60, "min": 60, "minute": 60, "phút": 60,
    "h": 3_600, "hour": 3_600, "giờ": 3_600, "d": 86_400, "day": 86_400, "ngày": 86_400,
}
_ONE = rf"([0-9]{{1,5}})\s*({'|'.join(sorted(_SECONDS, key=len, reverse=True))})s?"
_EACH = re.compile(_ONE)
_LASTING = re.compile(rf"{_ONE}(?:\s*{_ONE})*")
_HOURS = re.compile(r"([0-9]{1,2}\s*(?:h|giờ)\s*[0-5]?[0-9])", re.ASCII)
"""An hour and so many minutes, whose name is left out: `1h30`, `1 giờ 30`."""
_LATEST = datetime(9000, 1, 1, tzinfo=UTC)


def zone_of(name: str) -> tzinfo:
    """The zone of that name; raises OperatorError when this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        if name == VIETNAM:  # a machine without the zones' data: there is no summer time in Viet Nam
            return timezone(timedelta(hours=7))
        problem = f"there is no time zone “{name[:64]}” on this machine"
        raise OperatorError(problem, f"Name one as {VIETNAM}") from error


def moment_of(text: str, zone: tzinfo, now_s: int) -> int:
    """The time that somebody wrote; raises OperatorError for what is none.

    `2026-11-24 08:00` is on the clock of the zone unless it has an offset, `08:00` is today or, when that is past,
    tomorrow, and `+30min` or `+1day 2h` counts from now. A day may be written `24/11/2026` too.
    """
    said = day_first(text.strip())
    if said == "now":
        return now_s
    if said.startswith("+"):
        if (later := _seconds(said[1:])) is None:
            raise _no_time(text)
        return now_s + later
    if found := _CLOCK.fullmatch(said):
        here = datetime.fromtimestamp(now_s, zone)
        at = partial(on_day, clock=time(int(found[1]), int(found[2])), zone=zone)
        today = at(here.date())
        return today if today >= now_s else at(here.date() + timedelta(days=1))
    try:
        moment = datetime.fromisoformat(said)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        fits = datetime.fromtimestamp(0, UTC) <= moment < _LATEST
    except (ValueError, OverflowError) as error:
        raise _no_time(text) from error
    if not fits or len(said) < len("2026-11-24T08:00"):
        raise _no_time(text)
    return int(moment.timestamp())


def day_first(text: str) -> str:
    """A text that begins with a day as `24/11/2026` with that day as `2026-11-24`; others as they are."""
    found = _DAY.fullmatch(text)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}{found[4]}" if found else text


def on_day(day: date, clock: time, zone: tzinfo) -> int:
    """That time of that day, on the clock of the zone."""
    return int(datetime.combine(day, clock, zone).timestamp())


def lasting_of(text: str) -> int:
    """A length as `90min`, `1h30min` or `1h30`, in seconds; raises OperatorError for what is none."""
    found = _seconds(text)
    if found is None:
        problem = f"“{text[:40]}” is no length of time"
        raise OperatorError(problem, "Write 45min, 2h, 1h30, 1h30min or 1day")
    return found


def _seconds(text: str) -> int | None:
    said = unicodedata.normalize("NFC", text.strip().lower())
    if _HOURS.fullmatch(said):
        said += "min"
    if not said.isprintable() or len(said) > 64 or not _LASTING.fullmatch(said):
        return None
    return sum(int(count) * _SECONDS[unit] for count, unit in _EACH.findall(said))


def shown_time(moment_s: int, zone: tzinfo) -> str:
    """As people read it: `2026-11-24 08:00+07:00`, with seconds where there are any."""
    moment = datetime.fromtimestamp(moment_s, zone)
    return moment.isoformat(sep=" ", timespec="seconds" if moment.second else "minutes")


def utc_time(moment_s: int) -> str:
    """As programs read it: `2026-11-24T01:00:00Z`."""
    return datetime.fromtimestamp(moment_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _no_time(text: str) -> OperatorError:
    problem = f"“{text[:40]}” is no time"
    return OperatorError(problem, "Write 2026-11-24 08:00, 24/11/2026 08:00, 08:00, +30min or +1day")
