from dataclasses import replace

from packager.identity import Identity
from tests.recorded.builder import channel_of, recorded_inits


def test_runs_with_equal_bytes_and_codecs_have_one_identity() -> None:
    init = recorded_inits(channel_of(), run=1)[0]
    assert Identity.of(init) == Identity.of(replace(init, run=2))
    assert Identity.of(init) != Identity.of(replace(init, body=init.body + b"x"))
    assert Identity.of(init) != Identity.of(replace(init, codecs="avc1.64001f"))
