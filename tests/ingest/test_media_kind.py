import pytest

from flow.errors import FeedError
from ingest.media_kind import MediaKind, media_kind

PACKET = b"\x47" + bytes(187)


@pytest.mark.parametrize(("body", "kind"), [
    (PACKET, MediaKind.TS), (PACKET * 4, MediaKind.TS), (bytes(40) + PACKET * 3, MediaKind.TS),
    (PACKET * 2 + b"\x47" + bytes(9), MediaKind.TS),
    (b"\0\0\0\x18ftypiso5", MediaKind.MP4), (b"\0\0\0\x18styp", MediaKind.MP4), (b"\0\0\0\x18moof", MediaKind.MP4),
    (b"ID3\4\0\0", MediaKind.SOUND), (b"\xff\xf1\x50\x80", MediaKind.SOUND), (b"\x0b\x77\0\0", MediaKind.SOUND),
])
def test_a_container_is_known_by_its_first_bytes(body: bytes, kind: MediaKind) -> None:
    assert media_kind(body) is kind


@pytest.mark.parametrize("body", [
    b"", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", b"ffconcat version 1.0\nfile /etc/passwd\n", b"<MPD>",
    b"RIFF\0\0\0\0AVI ",
    b"GAB2\0", b"XBIN\x1a", b"<html>", b"WEBVTT\n", b"\x47", PACKET + b"#EXTM3U",
    b"v=0\r\no=- 0 0 IN IP4 10.0.0.1", b"\x89PNG\r\n",
    b"%!PS", b"DASH", b"\0\0\0\x18junk",
])
def test_lists_scripts_and_pages_are_no_segments(body: bytes) -> None:
    """T-07."""
    with pytest.raises(FeedError, match="neither MPEG-TS nor MP4"):
        media_kind(body)
