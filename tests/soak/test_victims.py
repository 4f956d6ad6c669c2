"""Processes are told apart by their argument lists."""

from tests.soak.victims import role


def test_each_process_is_known_by_what_it_runs() -> None:
    assert role(["ffmpeg", "-i", "pipe:3", "-c:v", "libx264"]) == "encoder"
    assert role(["ffmpeg", "-codec_whitelist", "h264", "-i", "a.mp4", "-f", "rawvideo", "pipe:5"]) == "decoder"
    captions = ["-c:v", "libx264", "pipe:7"]
    assert role(["ffmpeg", "-codec_whitelist", "h264", "-i", "pipe:3", "-f", "rawvideo", *captions]) == "decoder"
    assert role(["python", "-m", "ingest.testcard.main"]) == "decoder"
    assert role(["python", "-m", "desk.worker_main", "demo"]) == "worker"
    assert role(["python", "-m", "desk.headend_main"]) == "headend"
    assert role(["bash"]) == ""
