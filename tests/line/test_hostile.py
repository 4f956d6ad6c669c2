"""A running channel whose feeds bring rubbish: it stays on air, and what is good is shown again afterwards."""

import random
from pathlib import Path

import pytest

from desk.ffmpeg import find_ffmpeg
from tests.desk.test_arenas import reserves_of
from tests.soak.hostile.pieces import Piece, clips, wounded_for
from tests.soak.hostile.rig import good_for, rig

pytestmark = pytest.mark.line

PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2.0,\n/etc/passwd\n#EXTINF:2.0,\nhttp://127.0.0.1:1/x.ts\n"


def test_rubbish_by_file_udp_and_srt_leaves_the_channel_on_air_and_everybody_else_alive(tmp_path: Path) -> None:
    """T-06, T-07, T-09: no tick is missing, no process outside dies, nothing outside the data is touched."""
    ffmpeg = find_ffmpeg("").path
    made = clips(tmp_path, ffmpeg)
    chance = random.Random(1)
    rubbish = {
        "file": [PLAYLIST, made["mp4"][:-2_000] + b"\xff" * 8_000, made["mkv"][700:]],
        "udp": [chance.randbytes(60_000), made["ts"][100:], b"<html>502 Bad Gateway</html>"],
        "srt": [made["ts"][:9_000] + bytes(40_000) + made["ts"][9_000:], PLAYLIST, chance.randbytes(60_000)],
    }
    with rig({"line": tuple(rubbish)}, tmp_path, ffmpeg, made) as trial:
        for at in range(3):
            pieces = {name: Piece(name=str(at), ending="", body=bodies[at]) for name, bodies in rubbish.items()}
            assert trial.proven(pieces, anew=at != 1).faults == ()
        wounded = {way.name: wounded_for(way.takes, made, f"quick/{way.name}") for way in trial.ways}
        assert trial.proven(wounded).faults == ()
        assert trial.revive({way.name: good_for(way, made) for way in trial.ways}) == []
        assert reserves_of(trial.house["worker of line"]) <= 1, "what its threads have given back is not returned"
