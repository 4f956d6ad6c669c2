"""Two sound tracks of a real programme, whose feed does not always bring both sounds."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from flow.event import Event, EventKind
from flow.tick import Picture, Tick
from flow.track import VIETNAMESE, Track
from ingest.track_sounds import GIVEN_UP
from tests.ingest.media import SENT, OnAir, make, picture, sound

TRACKS = (VIETNAMESE, Track(language="en", name="English"))
PACKET, SECOND_SOUND = 188, 0x102
WORDS = {440: "original", 1_000: "english"}


def _film(folder: Path, seconds: int) -> Path:
    tone = ("-f", "lavfi", "-i", f"sine=1000:r=48000:d={seconds}")
    maps = ("-map", "0:v", "-map", "1:a", "-map", "2:a")
    return make(folder / "two.ts", *picture(seconds=seconds), *sound(seconds), *tone, *maps, *SENT)


def _without(film: Path, begin: float, end: float) -> Path:
    """The film without its second sound for that part of it, though its tables go on naming it."""
    whole = film.read_bytes()
    packets = [whole[at:at + PACKET] for at in range(0, len(whole), PACKET)]
    kept = [
        packet for at, packet in enumerate(packets)
        if not begin <= at / len(packets) < end or (packet[1] & 0x1F) << 8 | packet[2] != SECOND_SOUND
    ]
    out = film.with_name("gap.ts")
    out.write_bytes(b"".join(kept))
    return out


def _word(heard: Picture) -> str:
    samples = np.frombuffer(heard, "<i2")[::2].astype(float)
    if np.abs(samples).max() < 50:
        return "silence"
    strongest = int(np.abs(np.fft.rfft(samples * np.hanning(len(samples)))).argmax()) * 25
    return next((word for hertz, word in WORDS.items() if abs(hertz - strongest) <= 25), "?")


def _told(ticks: Sequence[Tick], track: int) -> list[tuple[str, int]]:
    """What is heard in a track, and for how many ticks; what lasts less than half a second is a change."""
    runs = [(word, len(list(same))) for word, same in groupby(_word(tick.sounds[track]) for tick in ticks)]
    return [(word, count) for word, count in runs if count > 12]


@pytest.mark.line
def test_an_interpretation_that_stops_is_the_original_after_a_second_and_comes_back(tmp_path: Path) -> None:
    """F-13, in one track of several: the picture and the other track notice nothing."""
    film, events = _without(_film(tmp_path, 9), 0.3, 0.65), list[Event]()
    with OnAir(f"once:{film}", tracks=TRACKS, tell=events.append) as air:
        ticks = air.until_live(7 * 25)
        assert air.feed.heard == (1, 2)
    assert [word for word, _ in _told(ticks, 0)] == ["original"]
    heard = _told(ticks, 1)
    assert [word for word, _ in heard] == ["english", "silence", "original", "english"]
    assert abs(heard[1][1] - GIVEN_UP) <= 3
    told = [event for event in events if event.kind in (EventKind.TRACK_LOST, EventKind.TRACK_BACK)]
    assert [(event.kind, event.data["why"]) for event in told] == [
        (EventKind.TRACK_LOST, "English"), (EventKind.TRACK_BACK, "English"),
    ]


@pytest.mark.line
def test_a_feed_with_one_sound_gives_it_to_every_track(tmp_path: Path) -> None:
    film = make(tmp_path / "one.ts", *picture(seconds=4), *sound(4), *SENT)
    with OnAir(str(film), tracks=TRACKS) as air:
        ticks = air.until_live(40)
        assert air.feed.heard == (1, 1)
    assert [word for word, _ in _told(ticks[2:], 0)] == ["original"]
    assert [word for word, _ in _told(ticks[2:], 1)] == ["original"]
