from packager.runs import Runs


def test_a_newer_run_owns_what_follows_its_beginning() -> None:
    runs = Runs().begin(3, 100).begin(5, 200)
    assert runs.last == 5
    assert (runs.start_of(3), runs.start_of(5), runs.start_of(4)) == (100, 200, None)
    assert runs.superseded(3, 200)
    assert not runs.superseded(3, 199)
    assert [runs.owner(place) for place in (99, 100, 200)] == [0, 3, 5]


def test_only_a_newer_run_may_begin() -> None:
    runs = Runs().begin(3, 100)
    assert [runs.may_begin(run) for run in (2, 3, 4)] == [False, False, True]
    assert not Runs(burnt=4).may_begin(4)


def test_the_discontinuity_sequence_counts_the_breaks_that_have_left() -> None:
    runs = Runs().with_break(10).with_break(12).with_break(10)
    assert [runs.sequence(first) for first in (9, 10, 11, 12, 13)] == [0, 0, 1, 1, 2]


def test_pruning_keeps_the_count() -> None:
    runs = Runs().with_break(10).with_break(12)
    pruned = runs.prune(11)
    assert pruned.breaks == (12,)
    assert [pruned.sequence(first) for first in (11, 13)] == [runs.sequence(first) for first in (11, 13)]


def test_two_breaks_inside_one_long_segment_leave_together_and_count_as_one_tag_there() -> None:
    runs = Runs(long=2).with_break(104).with_break(105).with_break(107)
    pruned = runs.prune(105)
    assert pruned == runs
    pruned = runs.prune(106)
    assert (pruned.breaks, pruned.passed, pruned.passed_long) == ((107,), 2, 1)


def test_breaks_are_found_between_two_segments() -> None:
    runs = Runs().with_break(10)
    assert runs.breaks_within(10, 10)
    assert not runs.breaks_within(11, 20)


def test_of_two_workers_each_ones_runs_follow_its_own() -> None:
    runs = Runs(workers=2).begin(10, 100).begin(13, 100)
    assert [runs.worker_of(run) for run in (10, 13)] == [0, 1]
    assert not runs.superseded(10, 200)
    assert [runs.may_begin(run) for run in (8, 11, 12, 15)] == [False, False, True, True]
    for run in range(14, 40, 2):
        runs = runs.begin(run, run * 10)
    assert [runs.newest_of(0), runs.newest_of(1)] == [38, 13]
    assert runs.newest_of(0, 145) == 0  # only the newest of each are remembered
