import pytest

from flow.profile import PROFILES, ProfileName
from packager import tags

LOW, CLASSIC = PROFILES[ProfileName.LOW], PROFILES[ProfileName.CLASSIC]


def test_each_tag_has_its_exact_text() -> None:
    assert tags.version(6) == "#EXT-X-VERSION:6"
    assert tags.target_duration(LOW) == "#EXT-X-TARGETDURATION:2"
    assert tags.media_sequence(7) == "#EXT-X-MEDIA-SEQUENCE:7"
    assert tags.discontinuity_sequence(0) == "#EXT-X-DISCONTINUITY-SEQUENCE:0"
    assert tags.part_inf(LOW) == "#EXT-X-PART-INF:PART-TARGET=0.64000"
    assert tags.extinf(LOW.segment) == "#EXTINF:1.92000,"
    assert tags.program_date_time(LOW.segment) == "#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:01.920Z"
    assert tags.init_map("init-1.mp4") == '#EXT-X-MAP:URI="init-1.mp4"'
    assert tags.skip(9) == "#EXT-X-SKIP:SKIPPED-SEGMENTS=9"
    assert tags.skip(9, ["a", "b"]) == '#EXT-X-SKIP:SKIPPED-SEGMENTS=9,RECENTLY-REMOVED-DATERANGES="a\tb"'
    assert tags.preload_hint("5-1.0.m4s") == '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="5-1.0.m4s"'
    assert tags.rendition_report("../v1/index.m3u8", 5, 2) == (
        '#EXT-X-RENDITION-REPORT:URI="../v1/index.m3u8",LAST-MSN=5,LAST-PART=2'
    )
    assert tags.frame_rate(25) == "25.000"


def test_a_part_says_what_it_is() -> None:
    assert tags.part(LOW.chunk, "p") == '#EXT-X-PART:DURATION=0.64000,URI="p"'
    assert tags.part(LOW.chunk, "p", independent=True).endswith(',URI="p",INDEPENDENT=YES')
    assert tags.part(LOW.chunk, "p", gap=True).endswith(',URI="p",GAP=YES')


def test_server_control_offers_three_parts_of_hold_back_only_where_there_are_parts() -> None:
    assert tags.server_control(LOW) == (
        "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12.000,CAN-SKIP-DATERANGES=YES,"
        "PART-HOLD-BACK=1.92000,HOLD-BACK=6.000"
    )
    assert tags.server_control(CLASSIC) == (
        "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=24.000,CAN-SKIP-DATERANGES=YES,HOLD-BACK=12.000"
    )


@pytest.mark.parametrize("text", ["", 'a"b', "a\nb", "a\rb"])
def test_a_quoted_string_cannot_be_broken_out_of(text: str) -> None:
    with pytest.raises(ValueError, match="not a quoted string"):
        tags.quoted(text)


def test_a_key_has_its_iv_written() -> None:
    """RFC 8216bis 4.4.4.4: 128 bits in hexadecimal."""
    assert tags.key("../../../keys/demo/468", bytes(15) + b"\x0a") == (
        '#EXT-X-KEY:METHOD=AES-128,URI="../../../keys/demo/468",IV=0x0000000000000000000000000000000a'
    )
