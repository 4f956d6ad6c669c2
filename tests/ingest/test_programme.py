import asyncio
import socket
import time
from collections.abc import Collection
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from aiohttp import web

from flow.canvas import Canvas
from flow.errors import OperatorError
from flow.event import Event, EventKind
from flow.feed import FeedState
from flow.layout import Layout, Role
from flow.rules import CONFERENCE, Rules
from flow.standing import Standing
from flow.tick import SILENCE, SOUND_BYTES, Tick
from ingest.kinds import feed_of
from ingest.pictures.two_pictures import TwoPictures
from ingest.playout.pairing import Content
from ingest.switching.wish import Do, Wish
from ingest.testcard import timestrip
from tests.ingest.media import H264, SENT, SMALL, OnAir, make, picture, sending, sound
from tests.ingest.serving import serving
from tests.ingest.spawning import until
from tests.ingest.test_front import free_port
from tests.recorded.clock import SteppedClock

PICTURE = bytes([90]) * SMALL.picture_bytes
CONTENT = Content(pictures=(PICTURE,), sounds=(b"\x01" * SOUND_BYTES,))


def _luma(tick: Tick, canvas: Canvas = SMALL) -> np.ndarray:
    whole = np.frombuffer(bytes(tick.pictures[0]), np.uint8)
    return whole[:canvas.width * canvas.height].reshape(canvas.height, canvas.width)


def _loud(tick: Tick) -> int:
    return int(np.abs(np.frombuffer(bytes(tick.sounds[0]), "<i2").astype(int)).max())


class Feeds:
    """A programme whose feeds give what a test says, tick after tick."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, *first: Content | None, rules: Rules = CONFERENCE,
        cold: Collection[int] = (), slides: bool = False,
    ) -> None:
        self.events: list[Event] = []
        self.now = list(first)
        feeds = [replace(feed_of("testcard:"), cold=at in cold) for at in range(len(first))]
        if slides:
            feeds.append(replace(feed_of("testcard:"), role=Role.SLIDES))
            self.now.append(None)
        self.programme = OnAir(*feeds, rules=rules, tell=self.events.append).programme
        for at, runner in enumerate(self.programme._runners):
            monkeypatch.setattr(runner, "take", partial(self.now.__getitem__, at))
        self._index = 1_000

    def run(self, ticks: int, *contents: Content | None) -> list[Tick]:
        self.now[:] = contents or self.now
        made = [self.programme._any_tick(self._index + at) for at in range(ticks)]
        self._index += ticks
        return made

    def shown(self, ticks: int, *contents: Content | None) -> list[object]:
        return [tick.pictures[0] for tick in self.run(ticks, *contents)]

    @property
    def kinds(self) -> list[str]:
        return [str(event.kind) for event in self.events]


def other(luma: int = 200, sound: bytes = CONTENT.sounds[0]) -> Content:
    return Content(pictures=(bytes([luma]) * SMALL.picture_bytes,), sounds=(sound,))


def test_a_lost_picture_is_held_for_a_second_then_the_slate_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-05: the ticks go on, whatever the feed does; its sound fades out within the first of them."""
    held = CONFERENCE.held
    feeds = Feeds(monkeypatch, CONTENT)
    ticks = [*feeds.run(1), *feeds.run(held + 1, None), *feeds.run(2, CONTENT)]
    assert [tick.index for tick in ticks] == list(range(1_000, 1_000 + held + 4))
    assert all(tick.pictures[0] is PICTURE for tick in ticks[:held + 1])
    assert {bytes(tick.sounds[0]) for tick in ticks[2:-2]} == {SILENCE}
    assert (ticks[-1].sounds[0], len(ticks[-2].sounds[0])) == (CONTENT.sounds[0], SOUND_BYTES)
    assert ticks[-3].pictures[0] != PICTURE
    assert ticks[-2].pictures[0] is PICTURE
    status = feeds.programme.status()
    assert (status.on_air, status.ticks, status.ticks_held, status.ticks_slate) == ("live", held + 4, held, 1)
    assert feeds.kinds == ["feed-back", "slate-off", "feed-lost", "slate-on", "feed-back", "slate-off"]


def test_without_a_feed_there_is_the_slate_twice_in_a_tick_at_50_frames() -> None:
    canvas = Canvas(width=426, height=240, fps=50)
    tick = OnAir("testcard:", canvas=canvas).programme.tick(45_000_000_000)
    assert len(tick.pictures) == 2
    assert {len(one) for one in tick.pictures} == {canvas.picture_bytes}
    assert tick.sounds[0] == SILENCE


def test_delay_and_loudness_are_what_the_channel_says() -> None:
    usual, other = (OnAir("testcard:", **words).programme for words in ({}, {"delay_ms": 600, "loudness": None}))
    assert [one._runners[0].timing.set_ms for one in (usual, other)] == [200, 600]
    heard = [one._runners[0]._reception.hearing for one in (usual, other)]
    assert [one.loudness.delay_ms for one in heard] == [5, 0]  # a limiter, or none


def test_the_second_feed_is_shown_while_the_first_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-04: on air within 1.5 s of the loss, and told."""
    second = other()
    feeds = Feeds(monkeypatch, CONTENT, second)
    feeds.run(100)
    shown = feeds.shown(CONFERENCE.loss + 1, None, second)
    assert shown == [PICTURE] * CONFERENCE.loss + [second.pictures[0]]
    status = feeds.programme.status()
    assert [feed.on_air for feed in status.feeds] == [False, True]
    assert [feed.unfit for feed in status.feeds] == ["lost", ""]
    assert (status.switches, status.mode, status.since_ns) == (1, "auto", (1_000 + 125) * 40_000_000)
    assert feeds.events[-1].data["reason"] == "lost"
    assert [feed.changed_ns // 40_000_000 for feed in status.feeds] == [1_125, 1_000]


def test_a_black_picture_gives_way_and_slides_with_a_voice_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-18: measured, told, left; half a minute of a still slide is no reason."""
    slide, black = other(), other(16)
    feeds = Feeds(monkeypatch, slide, other(90))
    assert set(feeds.shown(750)) == {slide.pictures[0]}
    shown = feeds.shown(CONFERENCE.black + 10, black, feeds.now[1])
    assert shown[-1] == feeds.now[1].pictures[0]  # type: ignore[union-attr]
    assert shown.count(black.pictures[0]) <= CONFERENCE.black + 6
    assert feeds.kinds[-2:] == ["black", "switch"]
    assert feeds.programme.status().feeds[0].unfit == "black"


def test_a_frozen_picture_without_sound_is_told_within_eleven_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-18: without a backup the slate comes until it moves again; or it stays, if the rules say so."""
    still = other(sound=SILENCE)
    feeds = Feeds(monkeypatch, still)
    shown = feeds.shown(275)
    assert 250 < shown.count(still.pictures[0]) < 260
    assert feeds.kinds[-2:] == ["frozen", "slate-on"]
    assert (feeds.programme.status().on_air, feeds.events[-1].data["reason"]) == ("slate", "alone-frozen")
    assert feeds.shown(6, CONTENT)[-1] is PICTURE
    assert feeds.kinds[-2:] == ["sound-back", "slate-off"]
    kept = Feeds(monkeypatch, still, rules=replace(CONFERENCE, stays=True))
    assert set(kept.shown(275)) == {still.pictures[0]}
    assert kept.programme.status().on_air == "live"


def test_a_lobby_picture_that_was_taught_goes_to_the_slate(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-18."""
    lobby, speaker = other(120), other(60)
    feeds = Feeds(monkeypatch, lobby)
    feeds.run(10)
    learned = feeds.programme.look(0)
    feeds.programme.teach(0, learned)
    assert feeds.shown(CONFERENCE.lobby + 10)[-1] != lobby.pictures[0]
    assert (feeds.kinds[-2:], feeds.programme.status().feeds[0].unfit) == (["lobby", "slate-on"], "lobby")
    assert speaker.pictures[0] in feeds.shown(6, speaker)


def test_an_order_is_in_effect_with_the_next_tick_and_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sum of ways from a command to the air stays far below 200 ms."""
    second = other()
    feeds = Feeds(monkeypatch, CONTENT, second)
    feeds.run(100)
    done = feeds.programme.command(Wish(do=Do.TAKE, feed=1), who="lan", why="thử")
    assert feeds.shown(1) == [second.pictures[0]]
    assert done.result(0) == 1_100
    event = feeds.events[-1]
    assert (event.kind, event.who, event.wall_ns) == ("take", "lan", 1_100 * 40_000_000)
    assert (event.data["feed"], event.data["from"], event.data["why"]) == (2, 1, "thử")
    assert feeds.programme.status().mode == "pinned"
    assert feeds.programme.status().since_ns == 1_100 * 40_000_000


@pytest.mark.parametrize(("do", "on_air", "mode"), [
    (Do.HOLD, "live", "hold"), (Do.CUT, "slate", "cut"), (Do.RELEASE, "live", "auto"),
])
def test_each_order_is_obeyed_and_told(monkeypatch: pytest.MonkeyPatch, do: Do, on_air: str, mode: str) -> None:
    feeds = Feeds(monkeypatch, CONTENT)
    feeds.run(10)
    done = feeds.programme.command(Wish(do=do))
    feeds.run(1)
    assert done.done()
    status = feeds.programme.status()
    assert (status.on_air, status.mode) == (on_air, mode)
    assert str(do) in feeds.kinds


def test_status_says_what_an_operator_has_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TwoPictures, "mains_of", lambda _two, given: tuple(given[:2]))
    feeds = Feeds(monkeypatch, CONTENT, other(), slides=True)
    feeds.run(5)
    feeds.programme.command(Wish(do=Do.TAKE, feed=1))
    feeds.programme.command(Wish(do=Do.LAYOUT, layout=Layout.PIP))
    feeds.programme.command(Wish(do=Do.CAPTION, text="8 giờ"))
    feeds.run(3)
    assert feeds.programme.status().standing == Standing(taken=1, layout=Layout.PIP, text="8 giờ")


def test_a_layout_of_one_picture_is_refused_and_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    feeds = Feeds(monkeypatch, CONTENT)
    feeds.run(5)
    done = feeds.programme.command(Wish(do=Do.LAYOUT, layout=Layout.PIP))
    feeds.run(1)
    with pytest.raises(OperatorError, match="no slides"):
        done.result(0)
    assert feeds.programme.status().standing == Standing()


def test_a_take_of_what_has_no_picture_is_refused_and_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    feeds = Feeds(monkeypatch, CONTENT, None)
    feeds.run(100)
    for feed, sentence in ((1, "has no picture"), (7, "no feed 8"), (-1, "no feed 0")):
        done = feeds.programme.command(Wish(do=Do.TAKE, feed=feed))
        assert feeds.shown(1) == [PICTURE]
        with pytest.raises(OperatorError, match=sentence):
            done.result(0)
    assert feeds.programme.status().mode == "auto"


def test_only_a_feed_in_quarantine_is_tried_by_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-03."""
    feeds = Feeds(monkeypatch, CONTENT)
    with pytest.raises(OperatorError, match="not in quarantine"):
        feeds.programme.retry(0)
    monkeypatch.setattr(feeds.programme._runners[0], "retry", lambda: True)
    feeds.programme.retry(0)


def test_a_tick_that_cannot_be_made_becomes_the_slate(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-05: and who gave an order meanwhile hears of it."""
    feeds = Feeds(monkeypatch, CONTENT)
    monkeypatch.setattr(feeds.programme._mixer, "tick", lambda *_: 1 / 0)
    done = feeds.programme.command(Wish(do=Do.CUT))
    (tick,) = feeds.run(1)
    assert (tick.index, len(tick.pictures[0])) == (1_000, SMALL.picture_bytes)
    with pytest.raises(ZeroDivisionError):
        done.result(0)


def test_ticks_that_cannot_be_made_are_logged_once_a_second(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    """F-05: a night of tracebacks, 25 a second, would fill the disk."""
    feeds, clock = Feeds(monkeypatch, CONTENT), SteppedClock()
    monkeypatch.setattr(feeds.programme._complaints, "_clock", clock)
    monkeypatch.setattr(feeds.programme._mixer, "tick", lambda *_: 1 / 0)
    for _ in range(50):
        feeds.run(1)
        clock.advance(0.04)
    assert caplog.text.count("could not be made") == 2
    assert "(25 times since" in caplog.text


def test_a_feed_that_raises_becomes_the_slate(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = OnAir("testcard:").programme
    monkeypatch.setattr(programme._runners[0], "take", lambda: 1 / 0)
    tick = programme._any_tick(7)
    assert (tick.index, len(tick.pictures[0])) == (7, SMALL.picture_bytes)


@pytest.mark.line
def test_the_test_card_shows_the_time_of_its_tick_and_no_tick_is_missing() -> None:
    with OnAir("testcard:") as air:
        live = air.until_live(40)
        assert air.feed.state is FeedState.LIVE
    assert {after.index - before.index for before, after in pairwise(air.ticks)} == {1}
    assert abs(air.ticks[-1].index * 40_000_000 - time.time_ns()) < 2_000_000_000
    shown = [timestrip.read(_luma(tick)) for tick in live]
    assert None not in shown
    late = {tick.index * 40 - (millis or 0) for tick, millis in zip(live, shown, strict=True)}
    assert all(0 <= delay <= 1_000 for delay in late)
    for tick, millis in zip(live, shown, strict=True):
        assert (_loud(tick) > 1_000) == ((millis or 0) % 1_000 < 100)


@pytest.mark.line
@pytest.mark.parametrize("trim", [320, -320])
def test_a_trimmed_sound_is_heard_so_much_beside_its_picture(trim: int) -> None:
    """The test card's beep comes with a full second of its clock: to the tick."""
    card = replace(feed_of("testcard:"), trim_ms=trim)
    with OnAir(card) as air:
        live = air.until_live(60)[10:]
    shown = [timestrip.read(_luma(tick)) or 0 for tick in live]
    beeps = [_loud(tick) > 1_000 for tick in live]
    assert beeps == [(millis - trim) % 1_000 < 100 for millis in shown]
    assert any(beeps)


@pytest.mark.line
def test_a_camcorders_59_94_frames_and_an_upright_picture_fit_the_canvas(tmp_path: Path) -> None:
    clip = make(
        tmp_path / "a.ts", *picture("240x426", "60000/1001", 3), *sound(3, 44_100), "-ac", "1", *SENT,
    )
    with OnAir(str(clip)) as air:
        live = air.until_live(50)
        assert air.feed.received == "h264 240x426 59.94 fps, aac 44100 Hz mono"
    assert {len(tick.pictures[0]) for tick in live} == {SMALL.picture_bytes}
    luma = _luma(live[-1])
    assert (luma[:, :130] == 16).all()
    assert (luma[:, -130:] == 16).all()
    assert luma[:, 150:270].std() > 20
    assert sum(_loud(tick) > 500 for tick in live) > 45
    assert len({bytes(tick.pictures[0]) for tick in live}) > 40


@pytest.mark.line
def test_a_film_without_sound_goes_on_from_its_start_again_and_again(tmp_path: Path) -> None:
    clip = make(tmp_path / "a.mp4", *picture(seconds=1), *H264)
    with OnAir(str(clip)) as air:
        live = air.until_live(60)
        assert (air.feed.received, air.feed.sound, air.feed.restarts) == ("h264 426x240 25 fps", False, 0)
    assert {bytes(tick.sounds[0]) for tick in live} == {SILENCE}
    kinds = [bytes(tick.pictures[0]) for tick in live]
    assert len(set(kinds)) < 40 < len(kinds)


@pytest.mark.line
@pytest.mark.parametrize(("name", "why"), [
    ("sound", "the feed has sound but no picture"), ("rubbish", "the file is cut off or damaged"),
])
def test_a_file_that_cannot_be_shown_says_why_and_the_slate_is_on_air(tmp_path: Path, name: str, why: str) -> None:
    path = tmp_path / f"{name}.mp4"
    if name == "sound":
        make(path, *sound(1))
    else:
        path.write_bytes(b"rubbish" * 1_000)
    with OnAir(str(path)) as air:
        air.until(lambda: air.feed.restarts >= 1)
        assert air.feed.state is FeedState.WAITING
        assert why in air.feed.why
        assert air.programme.status().on_air == "slate"


@pytest.mark.line
def test_a_feed_that_changes_size_rate_and_channels_in_mid_stream_stays_in_step(tmp_path: Path) -> None:
    """F-12, F-13, F-11: no picture is missed, no sound moves, although the timestamps begin again."""
    first = make(tmp_path / "a.ts", *picture(seconds=2), *sound(2), "-ac", "2", *SENT)
    second = make(tmp_path / "b.ts", *picture("320x240", seconds=2), "-f", "lavfi", "-i",
                  "sine=440:r=44100:d=2,volume=0:enable='gt(t,1)'", "-ac", "1", *SENT)
    both = tmp_path / "both.ts"
    both.write_bytes(first.read_bytes() + second.read_bytes())
    with OnAir(str(both)) as air:
        live = air.until_live(90)
        assert air.feed.restarts == 0
        assert air.programme.status().ticks_held <= 5
    live = [tick for before, tick in pairwise(live) if tick.pictures[0] is not before.pictures[0]]
    narrow = [bool((_luma(tick)[:, :50] == 16).all()) for tick in live]
    changed = narrow.index(True)
    assert all(narrow[changed:])
    heard = [_loud(tick) > 500 for tick in live]
    quiet = len(heard) - 1 - heard[::-1].index(True)
    assert abs(quiet - (changed + 25)) <= 2
    assert sum(heard[:quiet]) > quiet - 4


@pytest.mark.line
def test_transport_stream_over_udp_arrives_and_a_restarted_sender_is_taken_up() -> None:
    """F-11: timestamps from zero again."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"udp://127.0.0.1:{port}"
    stream = (*picture(seconds=60), "-re", *sound(60), *SENT, "-f", "mpegts", f"{address}?pkt_size=1316")
    with OnAir(address) as air:
        until(lambda: air.feed.why == "it waits for packets to come")
        with sending(*stream):
            air.until_live(10)
            assert air.feed.received == "h264 426x240 25 fps, aac 48000 Hz mono"
            assert air.feed.why == ""
        air.until(lambda: air.programme.status().on_air == "slate")
        air.until(lambda: "no picture" in air.feed.why)
        with sending(*stream):
            live = air.until_live(10)
            assert sum(_loud(tick) > 500 for tick in live) > 5


@pytest.mark.line
def test_an_hls_feed_with_separate_sound_arrives(tmp_path: Path) -> None:
    make(
        tmp_path / "%v.m3u8", *picture(seconds=4), *sound(4), *SENT, "-map", "0:v", "-map", "1:a", "-f", "hls",
        "-hls_segment_type", "fmp4", "-hls_time", "1", "-hls_list_size", "0", "-master_pl_name", "all.m3u8",
        "-var_stream_map", "v:0,agroup:a a:0,agroup:a,default:yes",
    )

    async def file(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0)
        return web.FileResponse(tmp_path / request.match_info["path"])

    with serving(file) as address, OnAir(f"{address}/all.m3u8") as air:
        live = air.until_live(40)
        assert air.feed.received == "h264 426x240 25 fps, aac 48000 Hz mono"
    assert sum(_loud(tick) > 500 for tick in live) > 35
    assert len({bytes(tick.pictures[0]) for tick in live}) > 35


@pytest.mark.line
def test_a_second_sender_on_the_same_port_is_not_shown_and_raises_an_alarm() -> None:
    """T-10: a white picture, injected by RTP from another address into a dark one, is in no tick."""
    port = free_port()
    events: list[Event] = []
    dark, white = (
        ("-re", "-f", "lavfi", "-i", f"color={name}:s=426x240:r=25:d=60", *sound(60), *SENT, "-f", "rtp_mpegts")
        for name in ("0x202020", "white")
    )
    address = f"rtp://127.0.0.1:{port}"
    with OnAir(address, tell=events.append) as air, sending(*dark, f"{address}?pkt_size=1316"):
        air.until_live(5)
        with sending(*white, f"{address}?pkt_size=1316&localaddr=127.0.0.66"):
            air.until(lambda: EventKind.STRANGER in [event.kind for event in events])
            live = air.until_live(25)
            assert max(_luma(tick).mean() for tick in live) < 60
            assert air.feed.stranger
            assert air.feed.refused > 0
