"""Captions through a real decoder, playout and mixer, beside the pictures that they belong to."""

from pathlib import Path

import pytest

from flow.feed import FeedState
from flow.tick import Tick
from ingest.switching.wish import Do, Wish
from tests.ingest.caption_making import EDM, NOTHING, captioned, line21, packet708, pop_on, twice
from tests.ingest.captions.test_cea708 import window
from tests.ingest.media import H264, OnAir, make

CUES = """\
1
00:00:00,600 --> 00:00:01,200
<i>Kính thưa</i> các đồng chí
ở các xã

"""
TEXT = "Kính thưa các đồng chí\nở các xã"
LIGHT = (
    "-f", "lavfi", "-i", "color=black:s=426x240:r=25:d=0.6", "-f", "lavfi", "-i",
    "color=white:s=426x240:r=25:d=0.6", "-f", "lavfi", "-i", "sine=440:r=48000:d=1.6", "-filter_complex",
    "[0][1]concat[a];[a]tpad=stop_duration=0.4:stop_mode=add:color=black[v]", "-map", "[v]", "-map", "2:a",
)
"""A film of 1.6 s that is white from 0.6 to 1.2 s."""


def _edges(ticks: list[Tick], text: str) -> tuple[list[int], list[int]]:
    """At which ticks the picture turns light or dark, and the text comes or goes."""
    light = [bytes(tick.pictures[0][:1])[0] > 128 for tick in ticks]
    told = [tick.caption == text for tick in ticks]
    assert {tick.caption for tick in ticks} <= {"", text}
    return tuple([at for at in range(1, len(ticks)) if row[at] != row[at - 1]] for row in (light, told))


def _together(ticks: list[Tick], text: str = TEXT, least: int = 3) -> None:
    """The text stands with the light pictures, within a tick or two, in every round of the film."""
    pictures, texts = _edges(ticks, text)
    assert len(pictures) >= least
    assert len(texts) in (len(pictures), len(pictures) - 1, len(pictures) + 1)
    assert all(abs(one - other) <= 2 for one, other in zip(pictures, texts, strict=False)), (pictures, texts)


@pytest.mark.line
@pytest.mark.parametrize(("name", "codec"), [("a.mkv", "srt"), ("a.mp4", "mov_text"), ("b.mkv", "ass")])
def test_a_films_own_text_stands_with_its_pictures_round_after_round(
    tmp_path: Path, name: str, codec: str,
) -> None:
    subrip = tmp_path / "text.srt"
    subrip.write_text(CUES)
    film = make(
        tmp_path / name, *LIGHT[:12], "-i", str(subrip), *LIGHT[12:], "-map", "3:s", *H264, "-c:a", "aac",
        "-c:s", codec,
    )
    with OnAir(str(film)) as air:
        ticks = air.until_live(80)
        assert air.feed.captions.split()[0] in ("subrip", "mov_text", "ass")
    _together(ticks)


@pytest.mark.line
def test_a_file_beside_a_film_stands_with_its_pictures_round_after_round(tmp_path: Path) -> None:
    film = make(tmp_path / "a.mp4", *LIGHT, *H264, "-c:a", "aac")
    (tmp_path / "a.srt").write_text(CUES)
    with OnAir(str(film)) as air:
        ticks = air.until_live(80)
        assert air.feed.captions == "file a.srt"
    _together(ticks)


@pytest.mark.line
@pytest.mark.parametrize(("name", "recode"), [
    ("a.ts", ()), ("b.ts", ("-c:v", "libx264", "-preset", "veryfast", "-bf", "3")),
    ("c.ts", ("-c:v", "mpeg2video", "-bf", "2")), ("d.mp4", ("-c:v", "libx264", "-bf", "2")),
])
def test_line_21_in_the_pictures_is_read_and_goes_with_them(
    tmp_path: Path, name: str, recode: tuple[str, ...],
) -> None:
    text = pop_on("HELLO")
    pairs = [*[NOTHING] * (17 - len(text)), *text, *[NOTHING] * 14, *twice(EDM)]
    film = captioned(tmp_path / name, [line21(pair) for pair in pairs], seconds=1.6, recode=recode, light=(15, 30))
    with OnAir(str(film)) as air:
        ticks = air.until_live(60)
        assert air.feed.captions == "CEA-608"
    _together(ticks, "HELLO", least=2)


@pytest.mark.line
def test_cea_708_in_the_pictures_is_read_with_vietnamese_letters(tmp_path: Path) -> None:
    wide = b"".join(b"\x18" + ord(letter).to_bytes(2, "big") for letter in "Kính thưa")
    told, gone = packet708((1, window(0)), (1, wide)), packet708((1, b"\x8c\x01"))
    pictures = [{15: told, 30: gone}.get(at, b"") + line21(NOTHING) for at in range(40)]
    film = captioned(tmp_path / "a.ts", pictures, seconds=1.6, light=(15, 30))
    with OnAir(str(film)) as air:
        ticks = air.until_live(60)
        assert air.feed.captions == "CEA-708"
    _together(ticks, "Kính thưa", least=2)


@pytest.mark.line
def test_a_lost_feeds_caption_ends_at_once_and_the_slate_has_none(tmp_path: Path) -> None:
    """F-03."""
    film = make(tmp_path / "a.mp4", *LIGHT, *H264, "-c:a", "aac", "-t", "1")
    (tmp_path / "a.srt").write_text(CUES)
    with OnAir(f"once:{film}") as air:
        air.until(lambda: air.programme.status().on_air == "live")
        air.until(lambda: air.programme.status().on_air == "slate")
        last = max(at for at, tick in enumerate(air.ticks) if tick.caption)
        held = air.ticks[last + 1]
        assert bytes(held.pictures[0][:1])[0] > 128, "its picture stands"
        assert held.caption == ""


@pytest.mark.line
def test_the_text_is_that_of_the_feed_on_air(tmp_path: Path) -> None:
    first, second = (make(tmp_path / f"{name}.mp4", *LIGHT, *H264, "-c:a", "aac") for name in "ab")
    long = "00:00:00,000 --> 00:00:09,000\n{}\n"
    first.with_suffix(".srt").write_text(long.format("first"))
    second.with_suffix(".vtt").write_text(long.format("second").replace(",", "."))
    with OnAir(str(first), str(second)) as air:
        air.until(lambda: all(feed.state is FeedState.LIVE for feed in air.programme.status().feeds))
        for feed, text in enumerate(("first", "second")):
            at = air.programme.command(Wish(do=Do.TAKE, feed=feed)).result(5)
            air.until(lambda text=text: air.ticks[-1].caption == text)
            assert {tick.caption for tick in air.ticks if tick.index >= at} <= {"", text}


@pytest.mark.line
def test_a_sound_that_is_announced_and_never_comes_holds_up_neither_pictures_nor_captions(tmp_path: Path) -> None:
    """F-13."""
    pairs = [NOTHING] * 20 + pop_on("HELLO")
    whole = captioned(tmp_path / "a.ts", [line21(pair) for pair in pairs], seconds=3).read_bytes()
    packets = [whole[at:at + 188] for at in range(0, len(whole), 188)]
    sound = int.from_bytes(b"\x01\x01", "big")
    film = tmp_path / "b.ts"
    film.write_bytes(b"".join(one for one in packets if int.from_bytes(one[1:3], "big") & 0x1FFF != sound))
    with OnAir(str(film)) as air:
        air.until_live(30)
        air.until(lambda: air.ticks[-1].caption == "HELLO")
