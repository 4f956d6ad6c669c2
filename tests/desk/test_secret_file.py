from pathlib import Path

import pytest

from desk.secret_file import secret_in
from flow.errors import ToolError


def test_a_secret_is_made_once_and_is_the_owner_s_alone(tmp_path: Path) -> None:
    """T-11."""
    path = tmp_path / "data" / "some.key"
    secret = secret_in(path, "the key")
    assert len(secret) == 43  # 256 bits in base64url: 42 letters and two thirds
    assert secret_in(path, "the key") == secret
    assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["some.key"]


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "some.key").mkdir()
    with pytest.raises(ToolError, match="the key cannot be read"):
        secret_in(tmp_path / "some.key", "the key")
