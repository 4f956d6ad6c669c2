from flow.tick import CAPTION_LETTERS
from flow.timebase import SCALE, TICK
from ingest.captions.caption import Coded, Cue, Cut
from ingest.captions.reel import CaptionReel
from tests.ingest.caption_making import NOTHING, line21, pop_on


def _reel(*cues: Cue) -> CaptionReel:
    reel = CaptionReel()
    for cue in cues:
        reel.add(cue)
    return reel


def _cue(start: int, end: int, text: str = "text") -> Cue:
    return Cue(start=start * TICK, end=end * TICK, text=text)


def _ticks(reel: CaptionReel, *numbers: int) -> list[str]:
    return [reel.text(number * TICK) for number in numbers]


def test_a_cue_stands_from_its_beginning_until_its_end() -> None:
    assert _ticks(_reel(_cue(2, 4)), 1, 2, 3, 4) == ["", "text", "text", ""]


def test_an_edge_within_a_tick_is_at_the_nearer_of_the_two() -> None:
    early, late = TICK // 4, TICK * 3 // 4
    reel = _reel(Cue(start=2 * TICK + early, end=4 * TICK + late, text="text"))
    assert _ticks(reel, 1, 2, 4, 5) == ["", "text", "text", ""]


def test_two_that_stand_together_are_lines_in_their_order_and_one_said_twice_is_said_once() -> None:
    assert _ticks(_reel(_cue(0, 9, "một"), _cue(1, 9, "hai"), _cue(1, 9, "một")), 0, 1) == ["một", "một\nhai"]
    assert len(_reel(*(_cue(0, 9, f"{at}" * 90) for at in range(30))).text(0)) <= CAPTION_LETTERS


def test_when_a_film_begins_again_nothing_of_the_round_before_goes_on() -> None:
    reel = _reel(_cue(2, 9), _cue(7, 9, "never"))
    reel.add(Cut(at=5 * TICK))
    reel.add(_cue(6, 7, "again"))
    assert _ticks(reel, 3, 4, 5, 6, 7, 8) == ["text", "text", "", "again", "", ""]


def test_what_was_jumped_over_is_not_shown() -> None:
    assert _ticks(_reel(_cue(2, 4), _cue(5, 9, "now")), 0, 6) == ["", "now"]


def test_coded_captions_are_read_with_their_pictures() -> None:
    pairs, reel = pop_on("HELLO"), CaptionReel()
    for at, pair in enumerate(pairs):
        reel.add(Coded(at=at * TICK, triples=line21(pair)))
    assert _ticks(reel, 0, len(pairs) - 3, len(pairs) - 2) == ["", "", "HELLO"]
    assert reel.kind == "CEA-608"


def test_a_caption_whose_source_falls_silent_is_taken_away_after_16_s() -> None:
    """F-13."""
    reel = CaptionReel()
    for pair in pop_on("HELLO"):
        reel.add(Coded(at=0, triples=line21(pair)))
    assert reel.text(0) == "HELLO"
    reel.add(Coded(at=15 * SCALE, triples=line21(NOTHING)))
    assert reel.text(15 * SCALE) == "HELLO"
    assert reel.text(30 * SCALE) == "HELLO"
    assert reel.text(31 * SCALE) == ""


def test_what_is_never_shown_fills_no_memory() -> None:
    """T-09."""
    reel = CaptionReel()
    for at in range(5_000):
        reel.add(_cue(at, at + 1))
        reel.add(Coded(at=at, triples=b""))
    assert len(reel._cues) <= 500
    assert len(reel._coded) <= 1_000


def test_an_empty_reel_shows_nothing() -> None:
    assert CaptionReel().text(0) == ""
    assert CaptionReel().kind == ""
