"""Documents of captions."""

from packager.webvtt import document, readable
from tests.line.captions import cues_in

ORIGIN = 935_078_844 * 92_160
CUT = (
    "498708:43:00.800 --> 498708:43:01.120\nmột\n\n498708:43:01.120 --> 498708:43:01.760\nmột\n\n"
    "498708:43:01.760 --> 498708:43:01.800\nhai &amp;\nba\n\n"
)


def test_the_header_says_where_the_time_begins() -> None:
    assert document(CUT.encode(), ORIGIN, cut=True).decode() == (
        f"WEBVTT\nX-TIMESTAMP-MAP=LOCAL:498708:43:00.480,MPEGTS:4954567680\n\n{CUT}"
    )


def test_the_map_counts_in_33_bits() -> None:
    """F-14: over the wrap, the text stays where it was."""
    wrap = 2**33 * 8 // 15 // 92_160 * 92_160
    before, after = (document(b"\n", at, cut=True).decode() for at in (wrap, wrap + 92_160))
    assert int(before.split("MPEGTS:")[1]) + 172_800 - 2**33 == int(after.split("MPEGTS:")[1])
    for text, origin in ((before, wrap), (after, wrap + 92_160)):
        assert cues_in(text, origin) == []


def test_without_a_word_there_is_still_a_document() -> None:
    text = document(b"\n\n\n", ORIGIN, cut=False)
    assert text == b"WEBVTT\nX-TIMESTAMP-MAP=LOCAL:498708:43:00.480,MPEGTS:4954567680\n\n"


def test_parts_make_up_their_segment() -> None:
    """Silence between two parts with words changes nothing."""
    one, two = ("498708:43:00.800 --> 498708:43:01.120\nmột\n\n", "498708:43:01.760 --> 498708:43:01.800\nhai\n\n")
    pieces = [one, "\n", two]
    whole = document("".join(pieces).encode(), ORIGIN, cut=True).decode()
    assert cues_in(whole, ORIGIN) == [
        cue for piece in pieces for cue in cues_in(document(piece.encode(), ORIGIN, cut=True).decode(), ORIGIN)
    ]


def test_where_nobody_sees_parts_a_cue_is_whole() -> None:
    cues = cues_in(document(CUT.encode(), ORIGIN, cut=False).decode(), ORIGIN)
    assert [(cue.text, (cue.end - cue.start) // 48) for cue in cues] == [("một", 960), ("hai &amp;\nba", 40)]


def test_a_text_that_returns_after_silence_is_a_cue_of_its_own() -> None:
    blocks = "00:00:00.000 --> 00:00:00.040\na\n\n00:00:00.160 --> 00:00:00.200\na\n\n"
    assert document(blocks.encode(), ORIGIN, cut=False).decode().endswith(blocks)


def test_only_utf_8_is_readable() -> None:
    assert readable("tiếng Việt".encode())
    assert not readable("tiếng Việt".encode("cp1258", errors="replace") + b"\xff")
