import pytest

from flow.encoder_kind import EncoderKind
from transcode.backlog import Taken
from transcode.succession import next_kind

NVENC, X264 = EncoderKind.NVENC, EncoderKind.X264
KILLED, HOLE, FULL = "", Taken.HOLE.value, Taken.FULL.value


@pytest.mark.parametrize(("ended", "why", "follows"), [
    (NVENC, KILLED, X264), (NVENC, FULL, X264), (NVENC, "the encoder hung: no v720 for 3 s", X264),
    (NVENC, HOLE, NVENC), (X264, HOLE, X264), (X264, KILLED, X264),
    (X264, FULL, NVENC),
])
def test_what_was_wanted_comes_back_only_when_x264_does_not_keep_up(
    ended: EncoderKind, why: str, follows: EncoderKind,
) -> None:
    assert next_kind(NVENC, ended, why) is follows


@pytest.mark.parametrize("why", [KILLED, HOLE, FULL])
def test_where_x264_was_wanted_nothing_else_ever_comes(why: str) -> None:
    assert next_kind(X264, X264, why) is X264
