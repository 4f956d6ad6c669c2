from ingest.captions.plan import TextStream, text_stream, verdicts
from ingest.facts import Facts


def test_the_first_text_stream_is_taken_and_one_in_vietnamese_before_all_others() -> None:
    taken = text_stream(Facts(captions=(("dvb_subtitle", "vie"), ("subrip", "eng"), ("mov_text", ""))))
    assert taken == TextStream(number=1, decoder="subrip,srt", shown="subrip eng")
    taken = text_stream(Facts(captions=(("ass", "eng"), ("mov_text", "vie"))))
    assert taken == TextStream(number=1, decoder="mov_text", shown="mov_text vie")


def test_teletext_is_text() -> None:
    taken = text_stream(Facts(captions=(("dvb_teletext", "vie"),)))
    assert taken == TextStream(number=0, decoder="libzvbi_teletextdec", shown="teletext vie")
    live = Facts(captions=(("dvb_teletext", "vie"),))
    assert verdicts(live, film=False) == ("teletext (vie): text, taken from files only",)


def test_what_is_no_text_is_not_taken() -> None:
    assert text_stream(Facts()) is None
    assert text_stream(Facts(captions=(("hdmv_pgs_subtitle", "eng"),))) is None


def test_what_a_feed_has_is_said_with_whether_it_can_be_taken() -> None:
    facts = Facts(captions=(
        ("subrip", "vie"), ("dvb_subtitle", "eng"), ("dvb_teletext", ""), ("strange", ""), ("subrip", "vie"),
    ))
    assert verdicts(facts, film=True) == (
        "subrip (vie): text, taken",
        "DVB subtitles (eng): pictures of letters, cannot be taken as text",
        "teletext: text, taken",
        "strange: cannot be taken",
    )
    assert verdicts(Facts(), film=True) == ()
    assert verdicts(Facts(captions=(("text", ""),)), film=False) == ("text: text, taken from files only",)
