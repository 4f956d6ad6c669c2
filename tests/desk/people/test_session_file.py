"""Where the command line keeps who is signed in."""

from pathlib import Path

import pytest

from desk.people.session_file import SessionFile, Signed
from flow.errors import ToolError

LAN = Signed(token="t", name="lan", ca="PEM")


def test_it_is_the_owner_s_alone_and_has_a_session_for_each_desk(tmp_path: Path) -> None:
    """T-27."""
    file = SessionFile({"HOME": str(tmp_path)})
    file.put("https://a", LAN)
    file.put("https://b", Signed(token="u", name="mai"))
    assert file.path == tmp_path / ".local/state/xacast/sessions.json"
    assert (file.path.stat().st_mode & 0o777, file.path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert (file.get("https://a"), file.get("https://c")) == (LAN, None)
    file.put("https://a", None)
    file.put("https://c", None)
    assert (file.get("https://a"), file.get("https://b")) == (None, Signed(token="u", name="mai"))
    assert SessionFile({"XDG_STATE_HOME": str(tmp_path / "x")}).path.parent.parent == tmp_path / "x"
    assert "token" not in repr(LAN)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"d": 1}', '{"d": {"token": 1}}', '{"d": {"token": ""}}'])
def test_what_cannot_be_read_is_nobody(tmp_path: Path, text: str) -> None:
    file = SessionFile({"XDG_STATE_HOME": str(tmp_path)})
    file.path.parent.mkdir(parents=True)
    file.path.write_text(text)
    assert file.get("d") is None


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "xacast").write_text("in the way")
    with pytest.raises(ToolError, match="cannot be written"):
        SessionFile({"XDG_STATE_HOME": str(tmp_path)}).put("d", LAN)
