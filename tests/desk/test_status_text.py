"""Status as the terminal shows it."""

from dataclasses import replace
from typing import Any

import pytest

from desk.local_time import local_time
from desk.registry import Declared
from desk.report import report
from desk.status_text import detail, overview
from flow.cage import CageTrial
from flow.feed import FeedKind, FeedState, FeedStatus
from flow.layout import Layout
from flow.standing import Standing
from flow.status import WorkerStatus
from packager.status import PackagerStatus
from tests.desk.samples import channel, feed_status, worker_status

VIEWERS = "http://10.0.0.1:8080"


def of(status: WorkerStatus | None, *, delay: int | None = 400) -> dict[str, Any]:
    packager = PackagerStatus(
        last_msn=934, gap_segments=1, refused=0, delay_ms=delay,
        bitrates={"v240": 240_000, "audio": 64_000} if delay is not None else {},
    )
    return report(
        declared=Declared(channel=channel(), revision=1), status=status, connected=status is not None, age=0,
        offset=-20_000_000, playlist=status is not None, fresh=True, packager=packager.to_json(), trouble="",
    )


def test_without_channels_the_way_to_one_is_told() -> None:
    assert "xacast start" in overview([])


def test_each_channel_has_a_line() -> None:
    lines = overview([of(worker_status())]).splitlines()
    assert lines[0].split() == ["CHANNEL", "STATE", "LADDER", "FEED", "RECEIVED"]
    assert lines[1].split()[:4] == ["hop", "live", "tiny/low", "srt://10.0.0.5:9000"]
    assert "h264 1280x720 25 fps" in lines[1]
    assert len(lines) == 2


def test_an_open_channel_is_shown_in_red() -> None:
    closed, plain = of(worker_status()), {**of(worker_status()), "open_to_all": True}
    red = "\x1b[31m  ! open: everybody who reaches the viewers' port may watch"
    assert overview([plain]).splitlines()[2].startswith(red)
    assert red in detail(plain, VIEWERS)
    assert red not in overview([closed]) + detail(closed, VIEWERS)
    assert "viewers   everybody" in detail(plain, VIEWERS)
    assert "viewers   sites with a link" in detail(closed, VIEWERS)


def test_alarms_stand_below_their_channel() -> None:
    down = worker_status("slate", feeds=(feed_status(FeedState.WAITING, "nobody answers"),))
    lines = overview([of(down), of(worker_status())]).splitlines()
    assert "slate on air" in lines[1]
    assert lines[2] == "  ! feed srt://10.0.0.5:9000: nobody answers"
    assert "live" in lines[3]


def test_a_channel_in_detail_has_its_addresses_and_numbers() -> None:
    text = detail(of(worker_status()), VIEWERS)
    for part in (
        "hop (Họp giao ban)", f"{VIEWERS}/watch/hop", f"{VIEWERS}/live/hop/index.m3u8", "process 42", "-0.020 s",
        "2 min 0 s", "3000, 25 held, 10 of slate, 0 late", "run 7, 1 restarts, 2 ticks waiting",
        "v240 240, audio 64", "last 934, 1 lost", "400 ms",
    ):
        assert part in text


def test_a_feed_that_is_smaller_than_the_ladder_is_remarked_upon() -> None:
    one = of(worker_status()) | {"ladder": "conference-1080"}
    words = "smaller than v1080, which only enlarge it: --ladder conference-720 suits it better"
    assert words in detail(one, VIEWERS)
    assert "enlarge" not in detail(of(worker_status()), VIEWERS)
    assert "enlarge" not in detail(one | {"ladder": "of-another-version"}, VIEWERS)


def test_what_is_set_of_the_channel_is_told() -> None:
    plain = of(worker_status())
    words = "viewers go back 2h, not encrypted, speech brought to -23 LUFS, feeds shown after 200 ms, one worker"
    assert f"settings  {words}\n" in detail(plain, VIEWERS)
    other = plain | {
        "window_s": 5_400, "key_period_s": 30, "loudness": None, "delay_ms": 400, "worker_count": 2,
        "remote": True,
    }
    words = "viewers go back 90min, encrypted (AES-128, a key for 30s), speech as it comes, feeds shown"
    assert f"{words} after 400 ms, two workers elsewhere" in detail(other, VIEWERS)


def test_hevc_is_told_with_the_ladder() -> None:
    one = of(worker_status())
    assert "tiny, profile low" in detail(one, "http://x")
    assert "tiny with HEVC, profile low" in detail({**one, "hevc": True}, "http://x")


def test_what_is_on_air_is_told_with_since_when_and_who_chose_it() -> None:
    away = feed_status(FeedState.WAITING, "nobody answers")
    taken = replace(
        worker_status(feeds=(away, replace(feed_status(), unfit="frozen"))), mode="pinned",
        since_ns=1_795_309_323_000_000_000, switches=3,
    )
    text = detail(of(taken), VIEWERS)
    when = local_time("2026-11-22T01:02:03Z")
    assert f"feed 2, srt://10.0.0.5:9000, since {when} (taken by an operator;" in text
    assert "automatic switches so far: 3" in text
    assert "stereo, frozen, 0 restarts" in text
    assert "live, taken" in overview([of(taken)])
    assert "feed srt://10.0.0.5:9000: its picture stands still and there is no sound" in overview([of(taken)])


@pytest.mark.parametrize(("mode", "on_air", "state", "words"), [
    ("cut", "slate", "slate on air, cut", "slate on air (cut to the slate by an operator"),
    ("hold", "held", "last picture held, held fast", "last picture held (held by an operator: no automatic"),
])
def test_an_operators_mode_is_told(mode: str, on_air: str, state: str, words: str) -> None:
    made = of(replace(worker_status(on_air, feeds=(replace(feed_status(), on_air=False),)), mode=mode))
    assert state in overview([made])
    assert words in detail(made, VIEWERS)


def test_a_cut_names_no_feed_but_who_cut_and_since_when() -> None:
    off = replace(feed_status(), on_air=False)
    cut = of(replace(worker_status("slate", feeds=(off,)), mode="cut"))
    (line,) = [row for row in overview([cut]).splitlines() if row.startswith("hop")]
    assert line.endswith("none: cut by an operator")
    assert "srt://" not in line
    named = cut | {"ordered": {"who": "l{a}n", "at": "2026-11-22T01:02:03.000Z"}}
    words = f"by l{{a}}n at {local_time('2026-11-22T01:02:03Z')}"
    assert f"none: cut {words}" in overview([named])
    assert f"slate on air (cut to the slate {words}; automatic switches" in detail(named, VIEWERS)


def test_what_decoders_run_in_is_told_with_what_was_refused() -> None:
    """T-08."""
    made = of(replace(worker_status(), cage=CageTrial(level="bubblewrap", tried=5, refused=5)))
    assert "cage      bubblewrap, 5 of 5 attempts to get out refused" in detail(made, VIEWERS)
    assert "cage" not in detail(of(worker_status()), VIEWERS)


def test_what_makes_the_pictures_is_told_and_why_nothing_better_does() -> None:
    assert "encoder   run 7, 1 restarts" in detail(of(worker_status()), VIEWERS)
    made = of(replace(worker_status(), encoder="qsv", encoder_tried="nvenc: no driver"))
    assert "encoder   qsv (nvenc: no driver), run 7, 1 restarts" in detail(made, VIEWERS)


def test_strangers_of_a_feed_are_told() -> None:
    """T-10."""
    made = of(worker_status(feeds=(replace(feed_status(), stranger=True, refused=12),)))
    assert "12 packets of others refused" in detail(made, VIEWERS)
    assert "somebody else sends to it too" in overview([made])


def test_a_feed_without_sound_is_told() -> None:
    silent = of(worker_status(feeds=(feed_status(sound=False),)))
    assert "25 fps, aac 48000 Hz stereo, no sound, 0 restarts" in detail(silent, VIEWERS)
    assert "no sound; silence is used" in overview([silent])


def test_a_channel_that_only_starts_has_fewer_lines() -> None:
    text = detail(of(None, delay=None), VIEWERS)
    assert "starting" in text
    assert "process" not in text
    assert "kbit/s" not in text


def test_no_line_holds_a_secret() -> None:
    """T-11."""
    assert "hush" not in detail(of(worker_status()), VIEWERS) + overview([of(worker_status())])


def test_the_feed_that_is_named_is_the_one_on_air() -> None:
    away = feed_status(FeedState.WAITING, "nobody answers")
    card = FeedStatus(
        kind=FeedKind.TESTCARD, shown="testcard:", state=FeedState.LIVE, received="raw 426x240", on_air=True,
    )
    line = overview([of(worker_status(feeds=(away, card)))]).splitlines()[1]
    assert "testcard: (2 of 2)" in line
    assert "raw 426x240" in line
    assert "srt://" not in line


def test_what_is_measured_of_a_feed_stands_below_it_in_words() -> None:
    feed = replace(
        feed_status(), unprotected=True, bitrate=2_140_000, lost=3, lufs=-27.4, gain_db=4.2, delay_ms=203,
        skew_ms=-4,
    )
    lines = detail(of(worker_status(feeds=(feed,))), VIEWERS).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("feed 1"))
    assert lines[at + 1].strip() == (
        "unprotected, 2.1 Mb/s, 3 packets lost, -27 LUFS +4 dB, delay 203 ms, A/V -4 ms"
    )


def test_a_feed_says_since_when_it_is_what_it_is_and_how_its_sound_is_trimmed() -> None:
    resting = replace(feed_status(FeedState.COLD), received="", unfit="cold", changed_ns=1_795_309_323_000_000_000)
    one = of(worker_status(feeds=(resting,)))
    one["feeds"][0]["trim_ms"] = -80
    lines = detail(one, VIEWERS).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("feed 1"))
    assert f"is cold since {local_time('2026-11-22T01:02:03Z')[11:]}, 0 restarts" in lines[at]
    assert lines[at + 1].strip() == "trim -80 ms"


def test_a_cold_feed_is_called_so_while_it_runs_too() -> None:
    one = of(worker_status())
    assert "cold" not in detail(one, VIEWERS)
    one["feeds"][0]["cold"] = True
    assert "cold: it rests again when it is not needed" in detail(one, VIEWERS)
    resting = of(worker_status(feeds=(replace(feed_status(FeedState.COLD), received="", unfit="cold"),)))
    resting["feeds"][0]["cold"] = True
    assert detail(resting, VIEWERS).count("cold") == 1


def test_a_film_that_is_over_is_called_so_and_is_no_alarm() -> None:
    over = replace(feed_status(FeedState.STOPPED), received="h264 1280x720 25 fps", unfit="played")
    one = of(worker_status(feeds=(over,)))
    assert "is played to its end, h264 1280x720 25 fps" in detail(one, VIEWERS)
    assert one["alarms"] == []


def test_what_an_operator_has_set_is_told() -> None:
    standing = Standing(taken=1, layout=Layout.PIP, text="8 giờ")
    text = detail(of(replace(worker_status(), standing=standing)), VIEWERS)
    assert "layout pip, “8 giờ” over the picture, feed 2 is taken as soon as it has a picture" in text
    taken = detail(of(replace(worker_status(), standing=Standing(taken=0), mode="pinned")), VIEWERS)
    assert "set by hand" not in taken + detail(of(worker_status()), VIEWERS)


def test_the_layout_that_viewers_see_is_told_and_since_when() -> None:
    status = replace(worker_status(), layout="side", layout_ns=1_795_309_323_000_000_000)
    (line,) = [one for one in detail(of(status), VIEWERS).splitlines() if one.startswith("layout")]
    assert line.endswith(f"side, since {local_time('2026-11-22T01:02:03Z')[11:]}")
    assert not any(one.startswith("layout") for one in detail(of(worker_status()), VIEWERS).splitlines())


def test_slides_in_place_of_a_lost_speaker_are_called_so_and_not_the_slate() -> None:
    text = overview([of(worker_status("slides"))])
    assert "slides alone, the speaker is lost" in text
    assert "slate" not in text


def test_a_feed_of_which_nothing_is_known_has_no_such_line() -> None:
    quiet = replace(feed_status(FeedState.WAITING), lufs=-20.0)
    lines = detail(of(worker_status(feeds=(quiet,))), VIEWERS).splitlines()
    assert not any("LUFS" in line for line in lines if not line.startswith("settings"))


def test_tracks_are_listed_and_which_sound_each_carries_where_there_is_a_choice() -> None:
    status = worker_status(feeds=(replace(feed_status(), heard=(1, 0)),))
    assert "sound 1" not in detail(of(status), VIEWERS)
    two = of(status) | {"tracks": [{"language": "vi", "name": "Tiếng Việt"}, {"language": "tyz", "name": "Tày"}]}
    text = detail(two, VIEWERS)
    assert "Tiếng Việt (vi), Tày (tyz)" in text
    assert "vi sound 1, tyz silent" in text


def test_which_captions_a_feed_has_is_told() -> None:
    told = of(worker_status(feeds=(replace(feed_status(), captions="CEA-608"),)))
    assert "captions: CEA-608" in detail(told, VIEWERS)
    assert "captions" not in detail(of(worker_status()), VIEWERS)


def test_captions_that_viewers_are_offered_are_told() -> None:
    told = of(worker_status()) | {"captions": {"language": "vi", "name": "Tiếng Việt"}}
    lines = [line.split(maxsplit=1) for line in detail(told, VIEWERS).splitlines()]
    assert ["captions", "Tiếng Việt (vi)"] in lines


def test_a_feed_that_waits_for_its_publisher_is_waiting_and_not_starting() -> None:
    starting = feed_status(FeedState.STARTING)
    waits = replace(starting, why="it waits for a publisher to come")
    assert f"{starting.shown} is starting" in detail(of(worker_status(feeds=(starting,))), VIEWERS)
    assert f"{waits.shown} is waiting" in detail(of(worker_status(feeds=(waits,))), VIEWERS)


def test_that_an_encrypted_channel_has_no_thumbnails_is_told() -> None:
    assert "thumbnails" not in detail(of(worker_status()), VIEWERS)
    locked = of(worker_status()) | {"thumbnails": False}
    assert "none: the channel is encrypted" in detail(locked, VIEWERS)
