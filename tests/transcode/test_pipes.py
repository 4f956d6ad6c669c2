import os

import pytest

from flow.ids import RenditionId
from transcode.pipes import Pipes

NAMES = (RenditionId("v240"), RenditionId("audio"))


def test_what_goes_in_on_our_end_comes_out_on_theirs() -> None:
    pipes = Pipes(NAMES)
    os.write(pipes.pictures, b"picture")
    os.write(pipes.wiring.outputs[NAMES[1]], b"chunk")
    assert os.read(pipes.wiring.pictures, 99) == b"picture"
    assert os.read(pipes.outputs[NAMES[1]], 99) == b"chunk"
    pipes.close_all()


def test_their_ends_are_one_for_each_stream() -> None:
    pipes = Pipes(NAMES)
    assert set(pipes.theirs) == {pipes.wiring.pictures, *pipes.wiring.sounds, *pipes.wiring.outputs.values()}
    pipes.close_all()


def test_each_sound_track_has_a_pipe_of_its_own() -> None:
    pipes = Pipes(NAMES, tracks=3)
    for track, writing in enumerate(pipes.sounds):
        os.write(writing, b"%d" % track)
    assert [os.read(reading, 9) for reading in pipes.wiring.sounds] == [b"0", b"1", b"2"]
    pipes.close_all()


def test_other_children_inherit_nothing() -> None:
    pipes = Pipes(NAMES)
    ends = [*pipes.theirs, pipes.pictures, *pipes.sounds, *pipes.outputs.values()]
    assert not any(os.get_inheritable(end) for end in ends)
    pipes.close_all()


def test_handing_over_lets_us_learn_of_the_others_end() -> None:
    pipes = Pipes(NAMES)
    pipes.handed_over()
    assert os.read(pipes.outputs[NAMES[0]], 99) == b""
    with pytest.raises(BrokenPipeError):
        os.write(pipes.pictures, b"x")
    pipes.close_all()


def test_an_end_is_closed_once_and_never_someone_elses() -> None:
    pipes = Pipes(NAMES)
    end = pipes.pictures
    pipes.close(end)
    other = os.dup(0)  # the lowest free number: most likely the one just closed
    pipes.close(end)
    pipes.close_all()
    os.fstat(other)
    os.close(other)
