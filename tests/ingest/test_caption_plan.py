from ingest.caption_plan import IN_PICTURES, CaptionSource, of_streams, verdicts
from ingest.facts import Facts


def test_the_first_text_stream_is_taken_and_one_in_vietnamese_before_all_others() -> None:
    plan = of_streams(Facts(captions=(("dvb_subtitle", "vie"), ("subrip", "eng"), ("mov_text", ""))))
    assert (plan.source, plan.stream) == (CaptionSource.STREAM, 1)
    assert (plan.decoder, plan.shown) == ("subrip,srt", "subrip eng")
    plan = of_streams(Facts(captions=(("ass", "eng"), ("mov_text", "vie"))))
    assert (plan.stream, plan.shown) == (1, "mov_text vie")


def test_without_a_text_stream_captions_are_looked_for_in_the_pictures() -> None:
    assert of_streams(Facts()) == IN_PICTURES
    assert of_streams(Facts(captions=(("hdmv_pgs_subtitle", "eng"),))) == IN_PICTURES


def test_what_a_feed_has_is_said_with_whether_it_can_be_taken() -> None:
    facts = Facts(captions=(
        ("subrip", "vie"), ("dvb_subtitle", "eng"), ("dvb_teletext", ""), ("strange", ""), ("subrip", "vie"),
    ))
    assert verdicts(facts) == (
        "subrip (vie): text, taken",
        "DVB subtitles (eng): pictures of letters, cannot be taken as text",
        "teletext: cannot be taken",
        "strange: cannot be taken",
    )
    assert verdicts(Facts()) == ()
