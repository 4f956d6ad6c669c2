from flow.timebase import SCALE
from ingest.blocks import Block
from ingest.captions.caption import Cue, Cut
from ingest.captions.film_cues import FilmCues

CUES = (Cue(start=SCALE, end=2 * SCALE, text="one"), Cue(start=9 * SCALE, end=12 * SCALE, text="nine"))


def _played(film: FilmCues, *packets: tuple[int, bytes]) -> list[Cue | Cut]:
    blocks = [Block(track=1, millis=second * 1_000, body=body) for second, body in packets]
    return [one for block in blocks for one in film.packet(block)]


def test_each_cue_comes_with_its_picture_again_in_each_round() -> None:
    film = [(at, b"%d" % at) for at in range(10)]
    rounds = [*film, *((at + 10, body) for at, body in film)]
    assert _played(FilmCues(CUES, 10 * SCALE), *rounds) == [
        *CUES, Cut(at=10 * SCALE),
        *(Cue(start=cue.start + 10 * SCALE, end=cue.end + 10 * SCALE, text=cue.text) for cue in CUES),
    ]


def test_times_count_from_the_films_beginning_also_where_its_picture_comes_later() -> None:
    late = [(at, b"%d" % at) for at in range(1, 11)]
    rounds = [*late, *((at + 10, body) for at, body in late)]
    starts = [one.start // SCALE for one in _played(FilmCues(CUES, 10 * SCALE), *rounds) if isinstance(one, Cue)]
    assert starts == [1, 9, 11, 19]


def test_pictures_that_are_alike_are_no_new_round() -> None:
    dark = [(at, b"dark") for at in range(11)]
    assert _played(FilmCues(CUES, 10 * SCALE), *dark) == [*CUES, Cut(at=10 * SCALE)]
    assert _played(FilmCues(CUES, 0), *dark) == list(CUES)


def test_cues_that_are_read_while_the_film_runs_come_too() -> None:
    growing: list[Cue] = []
    film = FilmCues(growing, 0)
    assert _played(film, (0, b"a"), (1, b"b")) == []
    growing += CUES
    assert _played(film, (2, b"c")) == [CUES[0]]
