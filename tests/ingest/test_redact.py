import pytest

from ingest.redact import shown


@pytest.mark.parametrize(("address", "display"), [
    ("srt://10.1.2.3:9000?mode=listener&latency=200", "srt://10.1.2.3:9000?mode=listener&latency=200"),
    ("srt://h:9000?passphrase=geheim&mode=caller", "srt://h:9000?passphrase=…&mode=caller"),
    ("srt://h:9000?streamid=geheim", "srt://h:9000?streamid=…"),
    ("srt://h:9000?geheim", "srt://h:9000?…"),
    ("srt://:9000", "srt://:9000"),
    ("rtsp://admin:geheim@cam.lan/stream", "rtsp://…@cam.lan/stream"),
    ("rtsp://:geheim@cam.lan/stream", "rtsp://@cam.lan/stream"),
    ("rtsp://[fe80::1]:554/x", "rtsp://[fe80::1]:554/x"),
    ("https://h/live/x.m3u8?token=geheim&Policy=geheim", "https://h/live/x.m3u8?token=…&Policy=…"),
    ("https://h/live/x.m3u8#geheim", "https://h/live/x.m3u8"),
    ("rtmp://[geheim", "…"),
    ("rtmp://h:geheim/x", "…"),
])
def test_what_could_be_a_secret_is_hidden(address: str, display: str) -> None:
    """T-15: user information and query values never reach status or logs."""
    assert shown(address) == display
    assert "geheim" not in shown(address, key_in_path=True)


def test_the_last_element_of_an_rtmp_path_is_the_stream_key() -> None:
    assert shown("rtmp://h/live/geheim", key_in_path=True) == "rtmp://h/live/…"
    assert shown("rtmp://h/a/b/geheim?x=geheim", key_in_path=True) == "rtmp://h/a/b/…?x=…"
    assert shown("rtmp://h/live", key_in_path=True) == "rtmp://h/live"
