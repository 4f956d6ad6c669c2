"""Secrets are named on the command line, never written out."""

from pathlib import Path

import pytest

from desk.secrets import DOOR_WORD, door_address, fill_in, new_key, written_out
from flow.errors import OperatorError
from ingest.kinds import feed_of

ENV = {"KEY": "it's/geheim & long"}


def filled(text: str, answer: str = "asked") -> str:
    return fill_in(text, env=ENV, ask=lambda _question: answer)


def test_a_secret_comes_from_a_file_the_environment_or_a_question(tmp_path: Path) -> None:
    key = tmp_path / "hop.key"
    key.write_text("from the file\nnot this line\n")
    assert filled(f"srt://:9000?passphrase={{file:{key}}}") == "srt://:9000?passphrase=from%20the%20file"
    assert filled("rtsp://u:{env:KEY}@h/x") == "rtsp://u:it%27s%2Fgeheim%20%26%20long@h/x"
    assert filled("rtmp://h/live/{ask}") == "rtmp://h/live/asked"


def test_a_camera_s_password_in_the_path_is_named_too_and_status_hides_it() -> None:
    """T-11, T-15."""
    address = filled("rtsp://h/user=admin&password={env:KEY}&channel=1")
    assert address == "rtsp://h/user=admin&password=it%27s%2Fgeheim%20%26%20long&channel=1"
    assert feed_of(address).shown == "rtsp://h/user=admin&password=…&channel=1"


@pytest.mark.parametrize("text", [
    "srt://:9000?mode=listener", "rtmp://h/live/room2", "rtsp://h/user=admin_password=_channel=1.sdp",
    "/films/password=1/2026-11-22-conference-room.mp4", "https://h/conference-2026-11-22-room-1/index.m3u8",
])
def test_an_address_without_secrets_stays_as_it_is(text: str) -> None:
    assert filled(text) == text


@pytest.mark.parametrize("text", [
    "srt://:9000?passphrase=geheim12345", "rtsp://u:geheim@h/x", "https://h/x.m3u8?token=geheim",
    "rtmp://u:geheim@h/live/{ask}", "https://h/x.m3u8?Auth=geheim", "srt://h:1?pwd=geheim",
    "rtmp://:1935/live/geheimgeheimgeheimgeheim", "rtsp://h/user=admin&password=geheim&channel=1",
    "rtsp://h/user=admin_password=geheim_channel=1.sdp", "rtmp://h/live/geheim0123456789abcdefgh",
    "https://h/s/eyJhbGci.geheim.xyz/live/hop/index.m3u8", "https://h/hdnts=exp=1~hmac=geheim/x.m3u8",
])
def test_a_secret_written_out_is_refused_and_not_repeated(text: str) -> None:
    """T-11: everybody on the machine can read a command line."""
    with pytest.raises(OperatorError, match=r"\{file:/path\}") as caught:
        filled(text)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("text", [
    "rtsp://10.0.0.9/{env:KEY}", "https://h/{env:KEY}/index.m3u8", "rtmp://h/app/{env:KEY}/name", "srt://{env:KEY}:1",
])
def test_a_secret_where_status_would_show_it_is_refused(text: str) -> None:
    """T-11."""
    with pytest.raises(OperatorError, match="where status would show it"):
        filled(text)


@pytest.mark.parametrize("text", [
    "srt://:9000?passphrase={fil:/etc/hop.key}", "still:/srv/{FILE:x}.png", "/srv/{en:NAME}/film.mp4",
    "rtsp://u:{Ask}@h/x", "rtsp://u:{env=CAMERA}@h/x", "rtmp://h/live/{ask:me}", "rtsp://u:{env:9}@h/x",
])
def test_a_misspelt_name_of_a_secret_is_called_so(text: str) -> None:
    with pytest.raises(OperatorError, match="names no secret") as caught:
        filled(text)
    assert "{file:/path}" in caught.value.remedy


def test_other_braces_belong_to_the_address() -> None:
    for text in ("/srv/{a}.mp4", "https://h/{session}/index.m3u8", "https://h/x.m3u8?at={utc:now}"):
        assert filled(text) == text


def test_the_question_shows_no_secret() -> None:
    asked: list[str] = []
    fill_in("rtsp://u:{ask}@h/x?session={env:KEY}", env=ENV, ask=lambda words: asked.append(words) or "x")
    assert "geheim" not in asked[0]
    assert "h/x" in asked[0]


@pytest.mark.parametrize(("text", "sentence"), [
    ("rtmp://h/live/{env:NONE}", "no variable NONE"),
    ("rtmp://h/live/{file:/no/such}", "/no/such cannot be read"),
])
def test_what_is_not_there_is_told(text: str, sentence: str) -> None:
    with pytest.raises(OperatorError, match=sentence):
        filled(text)


@pytest.mark.parametrize("answer", ["", "a\x00b", "x" * 513])
def test_a_secret_that_cannot_be_one_is_refused(answer: str) -> None:
    with pytest.raises(OperatorError, match="empty, too long"):
        filled("rtmp://h/live/{ask}", answer)


def test_a_key_of_ours_is_long_enough_for_our_door() -> None:
    """T-02: 192 bits, 6 in each letter of base64url; 128 are the fewest."""
    assert len(new_key()) == 192 // 6
    assert new_key() != new_key()
    assert feed_of(door_address(new_key())).shown.endswith("…")
    assert written_out(DOOR_WORD) == ""
