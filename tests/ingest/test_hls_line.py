"""A real HLS producer, a real server, our pull, and a real decoder behind its pipes."""

import subprocess
from pathlib import Path

import pytest
from aiohttp import web

from ingest.hls.pull import HlsPull
from tests.ingest.media import FFMPEG, SENT, picture, sending, sound
from tests.ingest.serving import serving
from tests.ingest.spawning import until

SECONDS = 4
LIVE = ("-f", "hls", "-hls_time", "1", "-hls_list_size", "4", "-hls_flags", "program_date_time+temp_file")
FORMS = {
    "ts": (),
    "fmp4": ("-hls_segment_type", "fmp4"),
    "ranges": ("-hls_flags", "single_file+program_date_time", "-hls_list_size", "0"),
    "apart": ("-hls_segment_type", "fmp4", "-var_stream_map",
              "a:0,agroup:s,default:yes,language:vi a:1,agroup:s,language:en v:0,agroup:s",
              "-master_pl_name", "all.m3u8"),
}


def _decoded(ends: list[int]) -> list[int]:
    """Frames that FFmpeg decodes of each pipe's first stream."""
    inputs = [word for end in ends for word in ("-i", f"pipe:{end}")]
    maps = [word for at in range(len(ends)) for word in ("-map", f"{at}:0")]
    done = subprocess.run(
        [FFMPEG, "-nostdin", "-loglevel", "error", *inputs, *maps, "-f", "framecrc", "-"], pass_fds=ends,
        capture_output=True, check=True, timeout=30, text=True,
    )
    assert done.stderr == ""
    lines = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    return [sum(line.startswith(f"{at},") for line in lines) for at in range(len(ends))]


@pytest.mark.line
@pytest.mark.parametrize("form", FORMS)
def test_what_ffmpeg_publishes_comes_through_whole(tmp_path: Path, form: str) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        path = tmp_path / request.path.lstrip("/")
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path)

    target = str(tmp_path / ("x%v.m3u8" if form == "apart" else "x.m3u8"))
    maps = ("-map", "0:v", "-map", "1:a", *(("-map", "1:a") if form == "apart" else ()))
    first = tmp_path / ("all.m3u8" if form == "apart" else "x.m3u8")
    media = tmp_path / ("x2.m3u8" if form == "apart" else "x.m3u8")
    made = (*picture(seconds=SECONDS), *sound(SECONDS), *maps, *SENT, *LIVE, *FORMS[form], target)
    with serving(answer) as address, sending(*made):
        until(lambda: first.is_file() and media.is_file() and "EXTINF" in media.read_text("utf-8"))
        pull = HlsPull(f"{address}/{first.name}", 720, sounds=(2, 1))
        ends = pull.start()
        frames = _decoded(ends)
    assert frames[0] == 25 * SECONDS
    assert len(frames) == (3 if form == "apart" else 1)
    assert dict(pull.apart) == ({2: "en", 1: "vi"} if form == "apart" else {})
    assert all(count > 100 for count in frames[1:])
    assert (pull.trouble, pull.carried.lost) == ("", 0)
    assert pull.carried.bytes > 50_000
