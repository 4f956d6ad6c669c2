"""What the slate says before and after a programme."""

from desk.programmes.slate_words import countdown, slate_words
from desk.programmes.times import zone_of
from desk.programmes.timetable import moment_at
from tests.desk.programmes.some import DAY, a_programme, at

HERE = zone_of("Asia/Ho_Chi_Minh")
ALL = (a_programme("p1", "08:00", "09:00"), a_programme("p2", "10:00", "11:00", title_en="Second"))


def said(clock: str) -> tuple[str, str, str, str] | None:
    now_s = at(clock)
    words = slate_words(moment_at(ALL, now_s), now_s, HERE)
    return words and (words.title, words.vi, words.en, countdown(words, now_s))


def test_before_it_the_slate_counts_down() -> None:
    assert said("07:50") == ("Hội nghị p1", "Bắt đầu lúc 08:00", "Begins at 08:00", "10:00")


def test_after_it_the_slate_names_what_follows_within_a_day() -> None:
    assert said("09:10") == (
        "Hội nghị p1", "Chương trình đã kết thúc. Tiếp theo lúc 10:00: Hội nghị p2",
        "The programme has ended. Next at 10:00: Second", "",
    )
    assert said("11:30") == ("Hội nghị p2", "Chương trình đã kết thúc.", "The programme has ended.", "")


def test_on_air_and_idle_ask_for_no_slate() -> None:
    assert said("08:30") is None
    assert said("01:00") is None
    assert slate_words(moment_at((), DAY), DAY, HERE) is None


def test_a_long_countdown_has_hours() -> None:
    words = slate_words(moment_at(ALL, at("07:50")), at("07:50"), HERE)
    assert words is not None
    assert countdown(words, at("06:58") + 57) == "1:01:03"
    assert countdown(words, at("08:00")) == ""
