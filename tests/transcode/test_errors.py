import copy

from flow.errors import ToolError
from transcode.errors import MediaError


def test_a_media_error_is_the_tools_and_says_what_is_wrong() -> None:
    error = MediaError("box 'evil' where a chunk should be")
    assert isinstance(error, ToolError)
    assert str(error) == "encoder failed: box 'evil' where a chunk should be"
    assert str(copy.copy(error)) == str(error)
