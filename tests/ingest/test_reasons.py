import pytest

from flow.feed import Feed
from ingest.facts import Facts
from ingest.kinds import feed_of
from ingest.reasons import (
    EMPTY,
    ENDED,
    LATE,
    NO_PICTURE,
    UNDECODED,
    listens,
    names_fault,
    reason,
    unanswered,
    waiting,
)

SEEN = Facts(video=("h264 1280x720 25 fps",), audio=("aac 48000 Hz stereo",))


@pytest.mark.parametrize(("lines", "words"), [
    # FFmpeg 5.1
    (["[tcp @ 0x55c847a07cc0] [error] Connection to tcp://h:1999?tcp_nodelay=0 failed: Connection refused",
      "[error] rtmp://h:1999/live/x: Connection refused"], "refuses the connection"),
    (["[error] srt://h:9: Input/output error"], "does not answer"),
    (["[error] file:x.ts: Invalid data found when processing input"], "no picture or sound that FFmpeg knows"),
    (["[fatal] udp://h:9170: could not find codec parameters"], "came in time"),
    # FFmpeg 9.0
    (["[in#0 @ 0x562218f0edc0] [error] Error opening input: No such file or directory",
      "[fatal] Error opening input files: No such file or directory"], "no such file"),
    (["[tcp @ 0x5] [error] Failed to resolve hostname nowhere.invalid: Name or service not known"], "DNS"),
    (["[in#0 @ 0x5] [error] Error opening input: Connection timed out"], LATE),
    (["[fatal] Error opening input files: Address already in use"], "in use"),
    (["[http @ 0x1] [error] Protocol 'http' not on whitelist 'file'!"], "address of a kind that is not"),
    (["[flashsv @ 0x1] [error] Codec (flashsv) not on whitelist 'h264'"], "a codec that is not allowed"),
])
def test_known_words_become_one_sentence(lines: list[str], words: str) -> None:
    assert words in reason(lines, Facts(), 0)


def test_a_number_in_a_path_or_a_pointer_is_no_answer_of_a_server() -> None:
    assert reason(["[mov @ 0x5581404401] /srv/403/film.mp4"], Facts(), 0) == EMPTY


def test_sound_alone_is_said_before_anything_else() -> None:
    facts = Facts(audio=("aac 48000 Hz stereo",))
    assert reason(["Error opening output: Invalid argument"], facts, 0) == NO_PICTURE


def test_without_known_words_the_counts_speak() -> None:
    assert reason([], Facts(), 0) == EMPTY
    assert reason([], SEEN, 0) == UNDECODED
    assert reason([], SEEN, 100) == ENDED


def test_damage_on_the_way_is_not_why_a_feed_ended() -> None:
    lines = ["[h264] [error] Invalid data found when processing input"]
    assert reason(lines, SEEN, 100) == ENDED
    assert reason([*lines, "[error] Connection reset: Input/output error"], SEEN, 100) != ENDED


@pytest.mark.parametrize("lines", [["[error] srt://h:9?passphrase=geheim: Input/output error"], ["geheim"]])
def test_no_address_and_so_no_secret_gets_into_a_reason(lines: list[str]) -> None:
    assert "geheim" not in reason(lines, Facts(), 0)


@pytest.mark.parametrize(("address", "called"), [
    ("srt://127.0.0.1:9000?mode=listener", True), ("srt://:9000?latency=200&mode=listener", True),
    ("srt://:9000", True), ("srt://127.0.0.1:9000", False), ("srt://h:9000?mode=caller", False),
    ("udp://:9000", False), ("rtmp://h/live/key", False),
])
def test_only_an_srt_listener_is_called(address: str, called: bool) -> None:
    assert listens(feed_of(address)) is called


def test_where_a_passphrase_is_in_use_it_may_be_the_wrong_one() -> None:
    why = reason(["[error] Error opening input: Input/output error"], Facts(), 0)
    assert "passphrase" not in why
    assert "or the passphrase is wrong" in unanswered(why)
    assert unanswered(LATE) == LATE


def test_what_may_wait_for_long_says_so() -> None:
    assert waiting(feed_of("srt://:9000")) == "it waits for the sender to call"
    assert waiting(feed_of("udp://:9000")) == "it waits for packets to come"
    card: Feed = feed_of("testcard:")
    assert waiting(card) == ""


def test_a_line_that_informs_or_tells_how_it_is_done_names_no_fault() -> None:
    assert names_fault("[h264 @ 0x1] [error] no frame!")
    assert names_fault("it is broken")
    assert not names_fault("[info] Input #0, mpegts, from 'pipe:7':")
    assert not names_fault("[in#0/mpegts @ 0x1] [verbose] EOF while reading input")
