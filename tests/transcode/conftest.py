"""FFmpeg for tests that run it."""

import imageio_ffmpeg
import pytest


@pytest.fixture(scope="session")
def ffmpeg() -> str:
    """The bundled FFmpeg."""
    path: str = imageio_ffmpeg.get_ffmpeg_exe()
    return path
