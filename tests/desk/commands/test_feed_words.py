"""What an operator says of feeds."""

from pathlib import Path

import click
import pytest

from desk.commands.feed_words import feed_words
from desk.listener import Listener
from ingest.kinds import DOOR, feed_of


def test_secrets_are_filled_in_and_asked_for_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """T-11."""
    asked: list[dict[str, object]] = []

    def prompt(question: str, **words: object) -> str:
        asked.append({"question": question, **words})
        return "0123456789abcdef"

    monkeypatch.setattr(click, "prompt", prompt)
    words = feed_words(["srt://:9000?passphrase={ask}"])
    assert words.addresses == ("srt://:9000?passphrase=0123456789abcdef",)
    assert asked[0]["hide_input"] is True


def test_a_key_is_made_for_a_publisher_and_told_once() -> None:
    """T-02."""
    words = feed_words(["rtmp:", "testcard:", "rtmp:"])
    assert len(set(words.keys)) == 2
    assert words.addresses[0] == DOOR + words.keys[0]
    assert words.keys[0] not in feed_of(words.addresses[0]).shown
    told = words.told(Listener("10.0.0.5", 1935))
    assert f"rtmp://10.0.0.5:1935/live   stream key {words.keys[0]}" in told


def test_files_are_named_from_where_the_operator_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.mp4").touch()
    monkeypatch.chdir(tmp_path)
    assert feed_words(["once:a.mp4"]).addresses == (f"once:{tmp_path}/a.mp4",)
