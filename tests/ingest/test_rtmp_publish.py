"""Real publishers over TCP, through the door, the worker's mouth and a pipe, into a real decoder."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ingest.rtmp.limits import DoorLimits
from ingest.rtmp.mouth import RtmpMouth
from tests.ingest.media import FFMPEG, SENT, picture, sound
from tests.ingest.rtmp_knock import KEY, At, standing
from tests.ingest.rtmp_talk import socket_in

PICTURES = 50
PATIENT = DoorLimits(patience=10)


async def publisher(at: At, *arguments: str, key: str = KEY, app: str = "live") -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        FFMPEG, "-nostdin", "-loglevel", "error", *arguments, "-f", "flv", f"rtmp://127.0.0.1:{at.port}/{app}/{key}",
        stderr=subprocess.PIPE,
    )


async def ended(process: asyncio.subprocess.Process) -> str:
    """Its last words."""
    _, words = await asyncio.wait_for(process.communicate(), 20)
    return words.decode("utf-8", "replace")


@asynccontextmanager
async def decoding(socket: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker that decodes what one publisher brings: raw pictures and sound, as the decoder reads FLV."""
    mouth = RtmpMouth(socket)
    [end] = mouth.start()
    process = await asyncio.create_subprocess_exec(
        FFMPEG, "-hide_banner", "-nostdin", "-loglevel", "error", "-progress", "pipe:1",
        "-protocol_whitelist", "pipe,fd", "-f", "live_flv", "-i", f"pipe:{end}",
        "-map", "0:V:0", "-map", "0:a:0", "-fps_mode", "passthrough", "-f", "null", "-",
        pass_fds=(end,), stdout=subprocess.PIPE,
    )
    os.close(end)
    try:
        yield process
    finally:
        mouth.stop()
        if process.returncode is None:
            process.kill()
        await process.wait()


async def pictures(process: asyncio.subprocess.Process) -> int:
    """How many a decoder has decoded when its pipe has closed."""
    out, _ = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 0
    counts = [line for line in out.decode().splitlines() if line.startswith("frame=")]
    return int(counts[-1].removeprefix("frame="))


async def test_ffmpeg_publishes_and_every_picture_is_decoded(tmp_path: Path) -> None:
    async with standing(socket_in(tmp_path)) as at, decoding(socket_in(tmp_path)) as decoder:
        assert "error" not in (await ended(await publisher(at, *picture(), *sound(), *SENT))).lower()
        assert await pictures(decoder) == PICTURES


async def test_a_publisher_that_restarts_begins_a_new_life_with_times_from_zero(tmp_path: Path) -> None:
    """F-11: each connection is a carrier of its own; no time of the one before matters."""
    async with standing(socket_in(tmp_path), PATIENT) as at:
        for late in ("100", "0"):
            async with decoding(socket_in(tmp_path)) as decoder:
                await ended(await publisher(at, *picture(), *sound(), *SENT, "-output_ts_offset", late))
                assert await pictures(decoder) == PICTURES
                await at.until(on_air=False)


async def test_times_beyond_24_bits_and_a_jump_back_are_decoded_whole(tmp_path: Path) -> None:
    """F-15: 16,777 s are the most that three bytes hold."""
    async with standing(socket_in(tmp_path)) as at, decoding(socket_in(tmp_path)) as decoder:
        await ended(await publisher(at, *picture(), *sound(), *SENT, "-output_ts_offset", "16776.5"))
        assert await pictures(decoder) == PICTURES


async def test_hevc_in_enhanced_rtmp_passes_through(tmp_path: Path) -> None:
    hevc = ("-c:a", "aac", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:bframes=0")
    async with standing(socket_in(tmp_path)) as at, decoding(socket_in(tmp_path)) as decoder:
        await ended(await publisher(at, *picture(), *sound(), *hevc))
        assert await pictures(decoder) == PICTURES


@pytest.mark.parametrize(("key", "app"), [("falsch", "live"), (KEY, "other")])
async def test_ffmpeg_with_a_wrong_key_or_application_is_refused(tmp_path: Path, key: str, app: str) -> None:
    """T-02: FFmpeg's own listener would let both in."""
    async with standing(socket_in(tmp_path)) as at, decoding(socket_in(tmp_path)):
        words = await ended(await publisher(at, *picture(), *SENT, key=key, app=app))
        assert "publishing is refused" in words


async def test_nobody_plays_with_the_right_key_either(tmp_path: Path) -> None:
    """T-02."""
    async with standing(socket_in(tmp_path)) as at, decoding(socket_in(tmp_path)):
        address = f"rtmp://127.0.0.1:{at.port}/live/{KEY}"
        player = await asyncio.create_subprocess_exec(
            FFMPEG, "-nostdin", "-loglevel", "error", "-i", address, "-f", "null", "-", stderr=subprocess.PIPE,
        )
        assert "publishing is refused" in await ended(player)


async def test_a_second_ffmpeg_is_refused_and_the_first_one_loses_no_picture(tmp_path: Path) -> None:
    """T-03, F-17."""
    async with standing(socket_in(tmp_path)) as at, decoding(socket_in(tmp_path)) as decoder:
        first = await publisher(at, "-re", *picture(), *sound(), *SENT)
        await at.until(on_air=True)
        assert "publishing is refused" in await ended(await publisher(at, *picture("640x360"), *sound(), *SENT))
        await ended(first)
        assert await pictures(decoder) == PICTURES


@pytest.mark.skipif(not shutil.which("gst-launch-1.0"), reason="a second make of publisher")
@pytest.mark.parametrize("sink", ["rtmpsink location={}", "rtmp2sink location={}"])
async def test_gstreamer_publishes_too(tmp_path: Path, sink: str) -> None:
    async with standing(socket_in(tmp_path)) as at, decoding(socket_in(tmp_path)) as decoder:
        line = (
            "videotestsrc num-buffers=50 ! video/x-raw,width=320,height=240,framerate=25/1 ! openh264enc"
            " ! h264parse ! flvmux streamable=true name=m audiotestsrc num-buffers=90 ! voaacenc ! m. m. ! "
            + sink.format(f"rtmp://127.0.0.1:{at.port}/live/{KEY}")
        )
        process = await asyncio.create_subprocess_exec(
            "gst-launch-1.0", "-q", *line.split(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        words = await ended(process)
        if "no element" in words:
            pytest.skip("GStreamer without its plug-ins")
        assert await pictures(decoder) == PICTURES
