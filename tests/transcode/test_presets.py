from typing import Any

import pytest

from flow.errors import OperatorError
from flow.ids import is_id
from flow.ladder import SoundGroup, hevc_id, iframes_id, ts_id
from transcode.presets import DEFAULT_LADDER, ladder_names, load_ladder, parse_ladder

GOOD = """
canvas = { width = 1280, height = 720, fps = 25 }
[[sound]]
bitrate = 96_000
from_maxrate = 700_000
[[sound]]
bitrate = 48_000
[[video]]
id = "v720"
width = 1280
height = 720
crf = 23
maxrate = 800_000
bufsize = 800_000
preset = "veryfast"
"""
SECOND = GOOD[GOOD.index("[[video]]") :]
LEAN = "[[sound]]\nbitrate = 48_000\n"
RICH = GOOD[GOOD.index("[[sound]]") : GOOD.index(LEAN)]


def test_the_names_are_known() -> None:
    assert ladder_names() == (
        "conference-1080", "conference-480", "conference-720", "motion-1080", "thin", "tiny",
    )
    assert DEFAULT_LADDER in ladder_names()


@pytest.mark.parametrize("name", ladder_names())
def test_each_preset_loads_and_fits_its_canvas(name: str) -> None:
    ladder = load_ladder(name)
    assert ladder.name == name
    assert (ladder.video[0].width, ladder.video[0].height) == (ladder.canvas.width, ladder.canvas.height)
    assert ladder.canvas.fps == 25
    for rung in ladder.video:
        assert is_id(rung.id)
        assert rung.id.partition("-")[0] == f"v{rung.height}"
        assert 0 < rung.refill < rung.maxrate


def test_the_usual_ladder_keeps_its_size_down_to_one_megabit() -> None:
    sizes = [(rung.width, rung.height) for rung in load_ladder("conference-720").video]
    assert sizes == [(1280, 720), (1280, 720), (960, 540), (640, 360)]


@pytest.mark.parametrize(("line", "rung"), [(2_000_000, 0), (1_000_000, 1), (500_000, 2)])
def test_a_rung_with_its_sound_and_containers_leaves_a_seventh_of_each_line(line: int, rung: int) -> None:
    ladder = load_ladder("conference-720")
    containers = 20_000  # in the profile with the smallest chunks
    assert ladder.video[rung].maxrate + ladder.sound_of(ladder.video[rung]).bitrate + containers <= line * 0.85


def test_lines_of_a_megabit_and_more_get_the_rich_sound() -> None:
    ladder = load_ladder("conference-720")
    assert [ladder.sound_of(rung).bitrate for rung in ladder.video] == [96_000, 96_000, 48_000, 48_000]
    assert [group.id for group in ladder.sounds] == ["audio", "audio-48k"]


@pytest.mark.parametrize("name", ladder_names())
def test_the_leanest_sound_of_each_ladder_fits_a_line_of_64_kilobits_alone(name: str) -> None:
    containers = 12_000  # in the profile with the smallest chunks
    assert load_ladder(name).sounds[-1].bitrate + containers <= 64_000


def test_the_thin_ladder_stays_below_500_kilobits_in_all() -> None:
    ladder = load_ladder("thin")
    assert sum(rung.maxrate for rung in ladder.video) + ladder.sounds[0].bitrate < 500_000


def test_an_unknown_name_is_answered_with_the_nearest_and_the_list() -> None:
    with pytest.raises(OperatorError) as caught:
        load_ladder("conferense-720")
    assert "“conferense-720”" in str(caught.value)
    assert "Did you mean conference-720?" in caught.value.remedy
    assert "thin" in caught.value.remedy


def test_a_name_like_no_other_is_answered_with_the_list_alone() -> None:
    with pytest.raises(OperatorError) as caught:
        load_ladder("../../etc/passwd")
    assert caught.value.remedy == "There are " + ", ".join(ladder_names())


def test_a_good_text_is_taken() -> None:
    rung = parse_ladder("mine", GOOD).video[0]
    assert rung.maxrate == 800_000
    assert (rung.aq, rung.psy) == (1.0, 1.0)
    assert parse_ladder("mine", GOOD.replace(RICH, "")).sounds == (SoundGroup(bitrate=48_000),)


def test_the_longest_id_leaves_room_for_those_made_from_it() -> None:
    rung = parse_ladder("mine", GOOD.replace("v720", "v" * 51)).video[0]
    assert is_id(iframes_id(hevc_id(rung.id)))
    assert is_id(ts_id(rung.id))


def test_strengths_may_be_given() -> None:
    rung = parse_ladder("mine", GOOD + "aq = 0.4\npsy = 0\n").video[0]
    assert (rung.aq, rung.psy) == (0.4, 0.0)


@pytest.mark.parametrize(("old", "new", "problem"), [
    ("bitrate = 96_000", "bitrate =", "is no TOML"),
    (RICH + LEAN, "", "sound is missing"),
    (RICH + LEAN, "sound = []\n", "no [[sound]]"),
    (RICH + LEAN, "sound = 64_000\n", "no [[sound]]"),
    (RICH + LEAN, "sound = [64_000]\n", "no [[sound]]"),
    ("bitrate = 96_000", "", "bitrate is missing"),
    ("bitrate = 96_000", "bitrate = 1", "bitrate cannot be 1"),
    ("bitrate = 96_000", "bitrate = true", "bitrate cannot be True"),
    ("bitrate = 96_000", "bitrate = 40_000", "out of order"),
    ("from_maxrate = 700_000", "", "from_maxrate is missing"),
    ("from_maxrate = 700_000", "from_maxrate = 0", "from_maxrate cannot be 0"),
    (LEAN, LEAN + "from_maxrate = 30_000\n", "“from_maxrate” is unknown"),
    (RICH, RICH + RICH.replace("96", "72"), "out of order"),
    ("sound", "sond", "“sond” is unknown"),
    ("fps = 25", "fps = 30", "only 25 and 50"),
    ("width = 1280, ", "width = 1279, ", "even"),
    ("canvas = { width = 1280, height = 720, fps = 25 }", "canvas = 5", "canvas is no table"),
    ('id = "v720"', 'id = "V 720"', "“V 720” cannot be"),
    ('id = "v720"', 'id = "audio"', "“audio” cannot be"),
    ('id = "v720"', 'id = "ts-720"', "“ts-720” cannot be"),
    ('id = "v720"', 'id = "iframes-720"', "“iframes-720” cannot be"),
    ('id = "v720"', 'id = "thumbnails"', "“thumbnails” cannot be"),
    ('id = "v720"', f'id = "{"v" * 57}"', "cannot be"),
    ("height = 720\n", "height = 719\n", "odd side"),
    ("height = 720\n", "height = 1080\n", "1280x1080 is not of the canvas's shape, 1280x720"),
    ("height = 720\n", "height = 360\n", "1280x360 is not of the canvas's shape, 1280x720"),
    ("height = 720\n", "height = 5000\n", "height cannot be 5000"),
    ("width = 1280\nheight = 720\n", "width = 1920\nheight = 1080\n", "every rendition is larger than the canvas"),
    ("crf = 23", "crf = 60", "crf cannot be 60"),
    ("crf = 23", 'crf = "23"', "crf cannot be '23'"),
    ("bufsize = 800_000", "bufsize = 900_000", "bufsize cannot be"),
    ("bufsize = 800_000", "bufsize = 100_000", "bufsize cannot be"),
    ("crf = 23", "crf = 23\naq = -1", "aq cannot be -1"),
    ("crf = 23", "crf = 23\npsy = true", "psy cannot be True"),
    ("crf = 23", "crf = 23\npsy = nan", "psy cannot be nan"),
    ("crf = 23", "crf = 23\nspy = 1", "“spy” is unknown"),
    ("veryfast", "quick", "“quick” is no preset"),
    ("crf = 23", "", "crf is missing"),
    (RICH + LEAN + SECOND, "sound = []\nvideo = []", "no [[video]]"),
    (RICH + LEAN + SECOND, "sound = []\nvideo = [5]", "no list of tables"),
    (SECOND, SECOND + SECOND, "same id"),
])
def test_a_wrong_value_is_named_with_what_would_be_right(old: str, new: str, problem: str) -> None:
    with pytest.raises(OperatorError) as caught:
        parse_ladder("mine", GOOD.replace(old, new))
    assert problem in caught.value.problem
    assert caught.value.problem.startswith("ladder mine")
    assert caught.value.remedy


def test_a_rendition_that_the_canvas_does_not_reach_is_dropped() -> None:
    large = SECOND.replace("v720", "v1080").replace("1280", "1920").replace("720", "1080")
    ladder = parse_ladder("mine", GOOD.replace(SECOND, large + SECOND))
    assert [rung.id for rung in ladder.video] == ["v720"]


def test_a_width_that_was_rounded_to_an_even_one_is_no_other_shape() -> None:
    ladder = parse_ladder("mine", GOOD.replace("width = 1280\nheight = 720\n", "width = 854\nheight = 480\n"))
    assert (ladder.video[0].width, ladder.video[0].height) == (854, 480)


def test_renditions_out_of_order_are_refused() -> None:
    low: Any = SECOND.replace("800_000", "300_000").replace("v720", "low")
    with pytest.raises(OperatorError, match="out of order"):
        parse_ladder("mine", GOOD.replace(SECOND, low + SECOND))
