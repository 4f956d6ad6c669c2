"""What several tests of ingest need."""

import pytest

from tests.ingest.media import FFMPEG


@pytest.fixture(scope="session")
def ffmpeg() -> str:
    """The bundled FFmpeg."""
    return FFMPEG
