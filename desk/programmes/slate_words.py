"""What the slate says before and after a programme, in Vietnamese and in English. Pure."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from desk.programmes.programme import Programme
from desk.programmes.timetable import Moment, State

_DAY = 24 * 3_600


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
            title=one.title, vi=f"Bắt đầu lúc {at:%H:%M}", en=f"Begins at {at:%H:%M}", counts_to_s=one.start_s,
        )
    vi, en = "Chương trình đã kết thúc.", "The programme has ended."
    if after is not None and after.start_s - now_s < _DAY:
        at = datetime.fromtimestamp(after.start_s, zone)
        vi += f" Tiếp theo lúc {at:%H:%M}: {after.title}"
        en += f" Next at {at:%H:%M}: {_english(after)}"
    return SlateWords(title=one.title, vi=vi, en=en)


def countdown(words: SlateWords, now_s: int) -> str:
    """What is left until it begins, as `1:02:03` or `02:03`; empty without a countdown, and at its end."""
    if words.counts_to_s is None or (left := words.counts_to_s - now_s) <= 0:
        return ""
    minutes, seconds = divmod(left, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def _english(one: Programme) -> str:
    return one.title_en or one.title
