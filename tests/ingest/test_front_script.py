"""What a front is told to open."""

from dataclasses import replace
from urllib.parse import quote

import pytest

from flow.errors import OperatorError
from ingest.front_script import script_of
from ingest.kinds import feed_of


def options(address: str) -> dict[str, str]:
    lines = script_of(feed_of(address)).splitlines()
    words = [line.partition(" ")[2].partition(" ") for line in lines if line.startswith("option ")]
    return {name: value.strip("'") for name, _, value in words}


def named(address: str) -> str:
    return next(line for line in script_of(feed_of(address)).splitlines() if line.startswith("file "))


def test_srt_latency_is_in_milliseconds_as_everywhere_but_in_ffmpeg() -> None:
    assert options("srt://h:9000?latency=240")["latency"] == "240000"
    assert options("srt://h:9000")["latency"] == "200000"


def test_a_listener_waits_and_a_caller_gives_up() -> None:
    """F-04."""
    listener, caller = options("srt://:9000"), options("srt://h:9000")
    assert (listener["mode"], caller["mode"]) == ("listener", "caller")
    assert caller["connect_timeout"] == "5000"
    assert listener["rw_timeout"] == caller["rw_timeout"] == "3500000"
    assert named("srt://:9000") == "file 'srt://0.0.0.0:9000'"


def test_a_passphrase_means_aes_256_and_nothing_less_is_let_in() -> None:
    """T-01."""
    given = options("srt://:9000?passphrase=0123456789abcdef")
    assert given["passphrase"] == "0123456789abcdef"
    assert (given["pbkeylen"], given["enforced_encryption"]) == ("32", "1")
    assert options("srt://:9000?passphrase=0123456789abcdef&pbkeylen=16")["pbkeylen"] == "16"


def test_only_known_settings_go_along_and_the_address_is_written_anew() -> None:
    """T-05."""
    address = "srt://h:9000?payload_size=1&listen=1&x=file:/etc/passwd"  # as earlier versions kept it
    script = script_of(replace(feed_of("srt://h:9000"), address=address))
    assert "payload_size" not in script
    assert "passwd" not in script


@pytest.mark.parametrize("secret", ["it's 10 letters", "a'; file '/etc/passwd", r"back\slash\at\end\\"])
def test_a_quote_in_a_secret_ends_no_word(secret: str) -> None:
    """T-05: a script has one file, whatever is in the passphrase."""
    lines = script_of(feed_of(f"srt://:9000?passphrase={quote(secret)}")).splitlines()
    assert [line for line in lines if line.startswith("file ")] == ["file 'srt://0.0.0.0:9000'"]


def test_a_line_break_in_a_setting_is_refused() -> None:
    """T-05: it would begin another line of the script."""
    with pytest.raises(OperatorError, match="control characters"):
        feed_of("srt://:9000?passphrase=0123456789%0Afile%20x")


def test_rtsp_is_our_own_relay_over_tcp() -> None:
    """T-04, T-11: no name, no user, no way to be led elsewhere."""
    assert named("rtsp://u:p%40ss@127.0.0.1:554/secret") == "file 'rtsp://127.0.0.1:554/secret'"
    assert options("rtsp://127.0.0.1:5/x")["rtsp_transport"] == "tcp"


def test_a_called_listener_stands_there_by_its_checked_address() -> None:
    """T-04."""
    script = script_of(feed_of("srt://studio.lan:9000"), "fd00::9")
    assert "file 'srt://[fd00::9]:9000'" in script
    assert "studio" not in script
