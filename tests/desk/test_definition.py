"""Definitions survive the registry and the wire; nonsense does not become a channel."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk.definition import channel_from, channel_of, check_shared, definition_of, revision_of
from flow.errors import OperatorError
from flow.feed import FeedKind
from flow.profile import ProfileName
from flow.rules import CONFERENCE, Rules
from flow.track import VIETNAMESE, Track
from tests.desk.samples import channel

TRACKS = (VIETNAMESE, Track(language="en", name="English"))


def test_what_is_written_is_read() -> None:
    plain = channel()
    cold = replace(plain.feeds[0], cold=True, trim_ms=-80)
    for made in (
        plain, replace(plain, rules=Rules(black=100, quiet_dbfs=-50.0)), replace(plain, feeds=(cold,)),
        replace(plain, loudness=None, delay_ms=1_000, slate="/srv/slate.png"), replace(plain, loudness=-16.0),
        replace(plain, window_s=43_200),
        replace(plain, captions=VIETNAMESE),
        replace(plain, tracks=TRACKS, feeds=(replace(plain.feeds[0], sounds=(2, 0)),)),
    ):
        assert channel_from(json.loads(json.dumps(definition_of(made)))) == made


def test_rules_are_part_of_the_words() -> None:
    assert channel_of("hop", ("testcard:",), ladder="tiny", rules="black=3, blend=0.2").rules == Rules(
        black=75, blend=5,
    )


def test_a_definition_of_an_older_version_has_what_is_usual() -> None:
    data: Any = json.loads(json.dumps(definition_of(channel())))
    for word in ("rules", "loudness", "delay_ms", "slate", "logo", "tracks", "captions", "window_s"):
        del data[word]
    for word in ("cold", "trim_ms", "sounds"):
        del data["feeds"][0][word]
    made = channel_from(data)
    assert made == channel()
    assert (made.rules, made.loudness, made.delay_ms, made.slate) == (CONFERENCE, -23.0, 200, "")
    assert made.window_s == 7_200


def test_a_channel_from_before_there_were_groups_keeps_its_one_sound() -> None:
    data: Any = json.loads(json.dumps(definition_of(channel())))
    del data["ladder"]["sounds"]
    assert channel_from({**data, "ladder": {**data["ladder"], "audio_bitrate": 64_000}}) == channel()


def test_settings_are_part_of_the_words() -> None:
    made = channel_of(
        "hop", ("testcard:", "testcard:"), ladder="tiny", loudness="off", delay=500,
        tracks=["vi=Tiếng Việt", "en=English"], each={"cold": ["2"], "trim": ["1=-80"], "sound": ["1=2,1"]},
    )
    assert made.tracks == TRACKS
    assert made.captions is None
    assert channel_of("hop", ("testcard:",), ladder="tiny", captions="vi").captions == VIETNAMESE
    assert [feed.sounds for feed in made.feeds] == [(2, 1), ()]
    assert (made.loudness, made.delay_ms) == (None, 500)
    assert [(feed.cold, feed.trim_ms) for feed in made.feeds] == [(False, -80), (True, 0)]


def test_what_a_newer_version_has_put_in_is_left_aside() -> None:
    data: Any = json.loads(json.dumps(definition_of(channel())))
    for place in (data, data["feeds"][0], data["ladder"], data["ladder"]["canvas"], data["ladder"]["video"][0],
                  data["rules"], data["tracks"][0]):
        place["novelty"] = 1
    assert channel_from(data) == channel()


def test_a_definition_that_does_not_say_how_new_it_is_is_the_oldest() -> None:
    assert revision_of({}) == 0
    assert revision_of({"revision": 7}) == 7


def test_words_become_a_channel(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.touch()
    made = channel_of("hop", ("testcard:", str(film)), ladder="tiny", profile="ultra")
    assert (made.id, made.title, made.profile.name) == ("hop", "hop", ProfileName.ULTRA)
    assert [feed.kind for feed in made.feeds] == [FeedKind.TESTCARD, FeedKind.FILE]
    assert made.ladder.name == "tiny"


@pytest.mark.parametrize(("change", "sentence"), [
    ({"name": "Hop!"}, "cannot be a channel's name"),
    ({"feeds": ()}, "has no feed"),
    ({"feeds": ("srtt://a:1",)}, "srtt"),
    ({"ladder": "tinny"}, "tiny"),
    ({"rules": "black=3,blak=2"}, "Did you mean “black”?"),
    ({"profile": "lwo"}, "Did you mean “low”?"),
    ({"title": "a\n#EXT-X-ENDLIST"}, "control characters"),
    ({"title": "a" * 121}, "120 letters"),
    ({"loudness": "loud"}, "no loudness"),
    ({"delay": 5_000}, "cannot be held"),
    ({"slate": "/gone.png"}, "--slate"),
    ({"captions": "Việt"}, "no language tag"),
    ({"each": {"cold": ["2"]}}, "no feed 2"),
    ({"workers": 3}, "one worker or two"),
    ({"encoder": "nvcen"}, "Did you mean “nvenc”?"),
])
def test_nonsense_is_refused_with_the_way_out(change: dict[str, object], sentence: str) -> None:
    """T-13: a title reaches playlists and pages."""
    words = {"name": "hop", "feeds": ("testcard:",), "ladder": "tiny", "profile": "low", "title": "", **change}
    with pytest.raises(OperatorError) as caught:
        channel_of(**words)  # type: ignore[arg-type]
    assert sentence in str(caught.value)


def test_the_wish_for_an_encoder_survives_and_an_older_definition_has_x264() -> None:
    words = definition_of(channel_of("hop", ("testcard:",), ladder="tiny", encoder="auto"))
    assert channel_from(words).encoder == "auto"
    del words["encoder"]
    assert channel_from(words).encoder == "x264"


def test_a_channel_that_an_earlier_version_started_is_for_whom_it_was() -> None:
    words = definition_of(channel_of("hop", ("testcard:",), ladder="tiny"))
    assert not channel_from(words).open_to_all
    assert channel_from({**words, "open_to_all": True}).open_to_all
    del words["open_to_all"]
    assert channel_from(words).open_to_all
    assert channel_from({**words, "invited": False}).open_to_all
    assert not channel_from({**words, "invited": True}).open_to_all


def test_hevc_beside_avc_is_part_of_the_ladder_that_travels() -> None:
    made = channel_of("hop", ("testcard:",), ladder="tiny", hevc=True)
    assert [rung.id for rung in made.ladder.video] == ["v240", "v240-hevc"]
    assert channel_from(json.loads(json.dumps(definition_of(made)))) == made
    words = definition_of(channel_of("hop", ("testcard:",), ladder="tiny"))
    for rung in words["ladder"]["video"]:
        del rung["codec"]
    assert channel_from(words).ladder.hevc == ()


def test_two_workers_of_one_machine_have_only_feeds_that_can_be_had_twice() -> None:
    words = {"ladder": "tiny", "workers": 2}
    made = channel_of("hop", ("testcard:", "srt://10.0.0.5:9000"), **words)  # type: ignore[arg-type]
    assert channel_from(definition_of(made)).workers == 2
    check_shared(made)
    alone = channel_of("hop", ("srt://:9000",), ladder="tiny")
    check_shared(alone)
    with pytest.raises(OperatorError, match="cannot both have srt://:9000"):
        check_shared(replace(alone, workers=2))


def test_a_definition_of_an_unknown_shape_is_refused() -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        channel_from({"id": "a", "title": "a", "feeds": [], "ladder": {}, "profile": {"name": "low"}})
