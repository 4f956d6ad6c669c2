"""What the slate says before and after a programme."""

from desk.programmes.slate_words import slate_words
from desk.programmes.times import zone_of
from desk.programmes.timetable import moment_at
from tests.desk.programmes.some import DAY, a_programme, at

HERE = zone_of("Asia/Ho_Chi_Minh")
ALL = (a_programme("p1", "08:00", "09:00"), a_programme("p2", "10:00", "11:00", title_en="Second"))


def said(clock: str) -> tuple[str, str, str, int | None] | None:
    now_s = at(clock)
    words = slate_words(moment_at(ALL, now_s), now_s, HERE)
    return words and (words.title, words.vi, words.en, words.counts_to_s)


def test_before_it_the_slate_counts_down() -> None:
    assert said("07:50") == (
        "Hội nghị p1", "Bắt đầu lúc 08:00. Thử loa: tiếng báo mỗi 10 giây",
        "Begins at 08:00. Try the loudspeakers: a tone every 10 seconds", at("08:00"),
    )


def test_after_it_the_slate_names_what_follows_within_a_day() -> None:
    assert said("09:10") == (
        "Hội nghị p1", "Chương trình đã kết thúc. Tiếp theo lúc 10:00: Hội nghị p2",
        "The programme has ended. Next at 10:00: Second", None,
    )
    assert said("11:30") == ("Hội nghị p2", "Chương trình đã kết thúc.", "The programme has ended.", None)


def test_on_air_and_idle_ask_for_no_slate() -> None:
    assert said("08:30") is None
    assert said("01:00") is None
    assert slate_words(moment_at((), DAY), DAY, HERE) is None


def test_of_a_long_title_that_follows_so_much_is_said_as_can_be_read() -> None:
    both = (ALL[0], a_programme("p2", "10:00", "11:00", title="Rất dài " * 20))
    words = slate_words(moment_at(both, at("09:10")), at("09:10"), HERE)
    assert words is not None
    assert words.vi.endswith("Rất…")
    assert len(words.en) < 110
