"""What the slate says before and after a programme, in Vietnamese and in English. Pure."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from desk.programmes.timetable import Moment, State

_DAY = 24 * 3_600
_MOST = 60
"""Letters of the title of what comes next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlateWords:
    """`title` in large letters, a sentence in each language; `counts_to_s` is the time that a countdown runs to,
    None when it has none."""

    title: str
    vi: str
    en: str
    counts_to_s: int | None = None


def slate_words(moment: Moment, now_s: int, zone: tzinfo) -> SlateWords | None:
    """The slate's words, None where the schedule asks for no slate."""
    one, after = moment.programme, moment.following
    if one is None or moment.state.airs:
        return None
    if moment.state is State.REHEARSAL:
        at = datetime.fromtimestamp(one.start_s, zone)
        return SlateWords(
            title=one.title, counts_to_s=one.start_s,
            vi=f"Bắt đầu lúc {at:%H:%M}. Thử loa: tiếng báo mỗi 10 giây",
            en=f"Begins at {at:%H:%M}. Try the loudspeakers: a tone every 10 seconds",
        )
    vi, en = "Chương trình đã kết thúc.", "The programme has ended."
    if after is not None and after.start_s - now_s < _DAY:
        at = datetime.fromtimestamp(after.start_s, zone)
        vi += f" Tiếp theo lúc {at:%H:%M}: {_short(after.title)}"
        en += f" Next at {at:%H:%M}: {_short(after.title_en or after.title)}"
    return SlateWords(title=one.title, vi=vi, en=en)


def _short(title: str) -> str:
    """So much of a long title as can be read in small letters."""
    return title if len(title) <= _MOST else f"{title[:_MOST].rstrip()}…"
