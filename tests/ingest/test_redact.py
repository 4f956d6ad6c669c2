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
    ("rtsp://h/user=admin&password=geheim&channel=1", "rtsp://h/user=admin&password=…&channel=1"),
    ("rtsp://h/user=a_password=geheim_channel=1_stream=0.sdp", "rtsp://h/user=a_password=…"),
    ("rtsp://h/user=a_password=_channel=1.sdp", "rtsp://h/user=a_password=_channel=1.sdp"),
    ("rtsp://h/a;PWD%3Dgeheim;b=1", "rtsp://h/a;PWD%3D…;b=1"),
    ("rtsp://h/pw=geheim/x", "rtsp://h/pw=…/x"),
    ("https://h/exp=1~hmac=geheim/x.m3u8", "https://h/exp=1~hmac=…/x.m3u8"),
    ("https://h/s/eyJhbGci.geheim.x-Y_z/live/hop/index.m3u8", "https://h/s/…/live/hop/index.m3u8"),
    ("https://h/geheim0123456789abcdef/x.m3u8", "https://h/…/x.m3u8"),
    ("https://h/h264/stream=1/channel-2/passage/x.m3u8", "https://h/h264/stream=1/channel-2/passage/x.m3u8"),
    ("rtmp://[geheim", "…"),
    ("rtmp://h:geheim/x", "…"),
])
def test_what_could_be_a_secret_is_hidden(address: str, display: str) -> None:
    """T-15: user information and query values never reach status or logs."""
    assert shown(address) == display
    assert "geheim" not in shown(address, key_in_path=True)


@pytest.mark.parametrize(("address", "display"), [
    ("rtmp://h/live/geheim", "rtmp://h/live/…"), ("rtmp://h/a/b/geheim?x=geheim", "rtmp://h/a/b/…?x=…"),
    ("rtmp://h/geheim", "rtmp://h/…"), ("rtmp://h/live/geheim/", "rtmp://h/live/…"), ("rtmp://h/", "rtmp://h/"),
    ("rtmp://h", "rtmp://h"),
])
def test_the_last_element_of_an_rtmp_path_is_the_stream_key(address: str, display: str) -> None:
    """T-15."""
    assert shown(address, key_in_path=True) == display
