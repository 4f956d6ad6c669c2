"""What stands on the pages beside channels and picture."""

from datetime import UTC, datetime, timedelta, timezone
from html import unescape

from flow.ids import ChannelId
from flow.listing import Document, Item
from flow.occasion import Occasion
from player.beside import coming_part, documents_part, handed_part, said_part, site_part
from player.catalogue import Language

HOP = ChannelId("hop")
HERE = timezone(timedelta(hours=7))
EIGHT = int(datetime(2026, 11, 24, 1, tzinfo=UTC).timestamp())
HOSTILE = "<script>alert(1)</script>\"'$lines"


def test_what_comes_is_told_on_the_clock_of_the_place() -> None:
    one = Item(channel=HOP, title="Giao ban", title_en="Briefing", start_s=EIGHT, end_s=EIGHT + 5_400)
    text = coming_part([one], HERE, Language.VI)
    assert "24/11/2026, 08:00-09:30" in text
    assert "Giao ban" in text
    assert "Briefing" in coming_part([one], HERE, Language.EN)
    assert coming_part([], HERE, Language.VI) == ""


def test_what_is_handed_out_has_title_kind_size_and_address() -> None:
    one = Document(number=3, channel=HOP, title="Báo cáo", ending="pdf", size=1_250_000, digest="0" * 64)
    text = documents_part([one], Language.VI)
    assert '<a href="/doc/hop/3" download>Báo cáo</a>' in text
    assert "PDF, 1,2 MB" in text
    assert "PDF, 1.2 MB" in documents_part([one], Language.EN)


def test_a_hostile_title_stays_text() -> None:
    """T-31."""
    document = Document(number=3, channel=HOP, title=HOSTILE, ending="pdf", size=1, digest="0" * 64)
    item = Item(channel=HOP, title=HOSTILE, start_s=EIGHT, end_s=None)
    for text in (documents_part([document], Language.VI), coming_part([item], HERE, Language.VI)):
        assert "<script" not in text
        assert HOSTILE in unescape(text)


def test_a_page_that_has_no_channel_says_what_is_over_or_comes() -> None:
    first = Item(channel=HOP, title="Giao ban", title_en="Briefing", start_s=EIGHT, end_s=EIGHT + 5_400)
    later = Item(channel=HOP, title="Họp bão", start_s=EIGHT + 7_200, end_s=None)

    def said(occasion: Occasion, coming: Item | None = None, language: Language = Language.VI) -> str:
        return unescape(said_part(occasion, coming, HERE, language))

    over = "Cuộc họp đã kết thúc (24/11/2026, 08:00-09:30)."
    assert over in said(Occasion(ended=first), later)
    assert over in said(Occasion(now=first, ended=first))  # its last minutes, of slate
    assert "Briefing" in said(Occasion(ended=first), None, Language.EN)
    begins = "Cuộc họp bắt đầu: 24/11/2026, 10:00."
    assert begins in said(Occasion(), later)
    assert begins in said(Occasion(now=later, ended=first))
    assert said(Occasion()) == ""


def test_the_times_of_what_is_on_go_along_with_its_documents() -> None:
    one = Item(channel=HOP, title="x", start_s=EIGHT, end_s=None)
    assert f'data-start="{EIGHT}" data-end=""' in handed_part((), Occasion(now=one), Language.VI)
    assert 'data-start="" data-end=""' in handed_part((), Occasion(), Language.VI)


def test_a_site_is_named_and_its_name_stays_text() -> None:
    """T-31."""
    assert "Điểm cầu</span>: Xã Ba Đình" in site_part("Xã Ba Đình", Language.VI)
    assert site_part("", Language.VI) == ""
    for text in (site_part(HOSTILE, Language.VI), said_part(
        Occasion(ended=Item(channel=HOP, title=HOSTILE, start_s=EIGHT, end_s=EIGHT + 1)), None, HERE, Language.VI,
    )):
        assert "<script" not in text
        assert HOSTILE in unescape(text)
