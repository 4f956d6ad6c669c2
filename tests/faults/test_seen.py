"""The rules by which a viewer's ticks are judged."""

from flow.timebase import SCALE, TICK
from tests.faults.card import Mark
from tests.faults.limits import first_after, late, mixed, skewed, steady
from tests.faults.seen import Heard, Run, Seen, Shown, offsets_of, runs_of


def ticks(*marks: Mark | None) -> tuple[Shown, ...]:
    return tuple(Shown(at=TICK * place, mark=mark) for place, mark in enumerate(marks))


def moving(source: int, first: int, count: int) -> list[Mark]:
    return [Mark(source, first + 40 * place) for place in range(count)]


def seen(shown: tuple[Shown, ...], heard: tuple[Heard, ...] = ()) -> Seen:
    return Seen(
        begin=0, ticks=len(shown), missing=0, missing_sound=0, gaps=0, discontinuities=0, problems=(), shown=shown,
        runs=runs_of(shown), offsets=offsets_of(shown, heard),
    )


def test_a_source_the_slate_and_the_next_source_are_three_runs() -> None:
    runs = runs_of(ticks(*moving(1, 0, 3), None, None, *moving(2, 0, 2)))
    assert [(run.kind, run.source, run.ticks) for run in runs] == [("live", 1, 3), ("slate", 0, 2), ("live", 2, 2)]


def test_a_source_that_goes_back_in_time_is_another_run() -> None:
    assert len(runs_of(ticks(*moving(1, 0, 3), *moving(1, 0, 3)))) == 2


def test_standstills_and_jumps_are_counted() -> None:
    (run,) = runs_of(ticks(Mark(1, 0), Mark(1, 40), Mark(1, 40), Mark(1, 40), Mark(1, 240)))
    assert (run.repeats, run.skipped) == (3, 200)
    assert len(steady(run)) == 2
    assert steady(run, repeats=3, skipped=200) == []


def test_a_mixed_order_is_told() -> None:
    both = seen(ticks(Mark(1, 0), Mark(2, 0), Mark(1, 40)))
    assert mixed(both, [1, 2]) == ["sources were seen as [1, 2, 1], not as [1, 2]"]


def test_a_beep_with_its_picture_is_no_offset() -> None:
    shown = ticks(*moving(1, 0, 60))
    assert offsets_of(shown, (Heard(at=SCALE, second=1),)) == ((SCALE, 0),)


def test_a_beep_before_its_picture_leads() -> None:
    shown = ticks(*moving(1, 0, 60))
    early = SCALE - SCALE // 10
    assert offsets_of(shown, (Heard(at=early, second=1),)) == ((early, 100),)
    late_one = SCALE + SCALE // 5
    assert offsets_of(shown, (Heard(at=late_one, second=1),)) == ((late_one, -200),)


def test_a_beep_over_a_picture_that_stands_says_nothing() -> None:
    shown = ticks(*moving(1, 0, 20), *[Mark(1, 760)] * 40)
    assert offsets_of(shown, (Heard(at=SCALE, second=1),)) == ()


def test_a_beep_where_the_picture_jumps_says_nothing() -> None:
    shown = ticks(*moving(1, 0, 25), *moving(1, 3_000, 25))
    assert offsets_of(shown, (Heard(at=SCALE, second=1),)) == ()


def test_limits_are_sentences() -> None:
    shown = ticks(*moving(1, 0, 60))
    one = seen(shown, (Heard(at=SCALE - SCALE // 10, second=1),))
    assert skewed(one, one.runs[0]) == ["sound and picture of source 1 are 100 ms apart"]
    assert late("it", Run(kind="live", begin=3 * SCALE, ticks=1), 0.5, 2.0) == ["it took 2.50 s, 2.0 s allowed"]
    assert late("it", None, 0.0, 1.0) == ["it never came"]
    assert first_after(one, 1.0) == one.runs[0]
    assert first_after(one, 9.0) is None
