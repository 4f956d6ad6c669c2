"""A channel is a value."""

import dataclasses

import pytest

from tests.desk.samples import channel


def test_a_channel_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        channel().title = "another"  # type: ignore[misc]


def test_equal_definitions_are_equal_channels() -> None:
    assert channel() == channel()
    assert channel() != channel(title="another")
