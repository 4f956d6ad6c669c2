import pytest

from desk.event_text import LANGUAGES, EventWords
from flow.event import Event, EventKind
from tests.desk.samples import FEED, event

WORDS = EventWords.load()
DATA = {"feed": 2, "shown": "testcard:", "from": 1, "from_shown": FEED.shown, "why": "thử máy", "layout": "slides"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EventKind)
def test_each_kind_has_a_whole_sentence_in_both_languages(kind: EventKind, language: str) -> None:
    for data in ({**DATA, "reason": "lost"}, {}):
        text = WORDS.sentence(event(0, kind, data=data, who="lan"), language)
        assert " " in text
        assert text[0].isupper() or text.startswith("lan ")
        assert not set("{}") & set(text)
        assert str(kind) == "slate-on" or "-" not in text or "test" in text or "10.0" in text


@pytest.mark.parametrize(("kind", "reason", "vi", "en"), [
    (EventKind.SWITCH, "lost",
     "Tự động chuyển từ nguồn 1 (srt://10.0.0.5:9000) sang nguồn 2 (testcard:): mất tín hiệu",
     "Switched by itself from feed 1 (srt://10.0.0.5:9000) to feed 2 (testcard:): it is lost"),
    (EventKind.TAKE, "", "lan đưa nguồn 2 (testcard:) lên sóng: thử máy",
     "lan took feed 2 (testcard:) on air: thử máy"),
    (EventKind.SLATE_ON, "alone-frozen",
     "Hình chờ lên sóng: nguồn đứng hình và không có tiếng, và không có nguồn nào khác dùng được",
     "The slate is on air: the feed stands still without sound, and no other is fit"),
    (EventKind.LAYOUT_CHANGED, "speaker-away",
     "Bố cục hình tự động chuyển sang slides: hiện không có hình người nói để đưa lên sóng",
     "The layout changed by itself to slides: there is no picture of the speaker to show just now"),
    (EventKind.SLIDES_MISSING, "", "Chưa nhận được hình trình chiếu từ nguồn 2 (testcard:)",
     "Feed 2 (testcard:) has brought no slides so far"),
    (EventKind.SLATE_ON, "cut", "Hình chờ lên sóng: theo lệnh", "The slate is on air: by command"),
])
def test_sentences_are_plain(kind: EventKind, reason: str, vi: str, en: str) -> None:
    one = event(0, kind, data={**DATA, "reason": reason}, who="lan")
    assert (WORDS.sentence(one, "vi"), WORDS.sentence(one, "en")) == (vi, en)


@pytest.mark.parametrize(("kind", "how", "vi", "en"), [
    (EventKind.CUT, "restored", "Bộ xử lý tiếp tục như người điều khiển đã đặt: hình chờ lên sóng",
     "The worker goes on as an operator had left it: the slate is on air"),
    (EventKind.TAKE_LATER, "restored",
     "Bộ xử lý tiếp tục như người điều khiển đã đặt: nguồn 2 (testcard:) lên sóng ngay khi có hình",
     "The worker goes on as an operator had left it: feed 2 (testcard:) is on air as soon as it brings a picture"),
    (EventKind.TAKE, "awaited", "Nguồn 2 (testcard:) đã có hình và lên sóng, như người điều khiển đã chọn",
     "Feed 2 (testcard:) has brought a picture and is on air, as an operator wanted"),
    (EventKind.RELEASE, "of a newer worker", "Người điều khiển trả lại chế độ tự động chuyển nguồn",
     "An operator gave switching back to the rules"),
])
def test_what_nobody_ordered_just_now_is_told_so(kind: EventKind, how: str, vi: str, en: str) -> None:
    """F-01."""
    one = event(0, kind, data={**DATA, "why": "", "how": how})
    assert (WORDS.sentence(one, "vi"), WORDS.sentence(one, "en")) == (vi, en)


def test_a_slate_that_the_pause_keeps_on_air_names_the_feed_that_is_fit_and_when_it_comes() -> None:
    """F-04: it never says then that no other is fit."""
    data = {"feed": 1, "shown": "a.mp4", "reason": "lost", "how": "paused", "next": 2, "next_shown": "testcard:"}
    one = event(0, EventKind.SLATE_ON, data={**data, "seconds": 4})
    assert WORDS.sentence(one, "vi") == (
        "Hình chờ tạm lên sóng thay nguồn 1 (a.mp4): mất tín hiệu; "
        "nguồn 2 (testcard:) dùng được và sẽ lên sóng sau nhiều nhất 4 giây"
    )
    assert WORDS.sentence(one, "en") == (
        "The slate is on air in place of feed 1 (a.mp4): it is lost; "
        "feed 2 (testcard:) is fit and is taken in at most 4 s"
    )


@pytest.mark.parametrize("kind", [
    EventKind.TAKE, EventKind.TAKE_LATER, EventKind.HOLD, EventKind.CUT, EventKind.LAYOUT, EventKind.CAPTION,
])
def test_whatever_a_worker_restores_has_a_sentence_of_its_own(kind: EventKind) -> None:
    one = event(0, kind, data={**DATA, "text": "8 giờ", "how": "restored"})
    for language in LANGUAGES:
        text = WORDS.sentence(one, language)
        assert text.startswith(("Bộ xử lý tiếp tục như", "The worker goes on as an operator had left it: "))
        assert not set("{}…") & set(text)


def test_a_name_cannot_become_a_template() -> None:
    """T-33: what people and feeds are called is text."""
    one = event(0, EventKind.CUT, data={"why": "{who} {0} {named.x}"}, who="{origin}")
    assert WORDS.sentence(one, "en") == "{origin} cut to the slate: {who} {0} {named.x}"


def test_a_kind_that_is_not_in_the_catalogue_is_its_own_word() -> None:
    assert EventWords({}).sentence(event(0), "vi") == "Slate-on"


def test_a_record_has_the_time_in_words() -> None:
    record = WORDS.record(event(1_795_309_323_840_000_000))
    assert record["at"] == "2026-11-22T01:02:03.840Z"
    assert Event.from_json(record).wall_ns == 1_795_309_323_840_000_000
    assert record["en"].startswith("The slate")
