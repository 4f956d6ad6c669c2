import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.plan.deployment import Line
from desk.plan.needs import FILL, needs_of, rung_for, wire_rate
from flow.profile import PROFILES, ProfileName
from tests.desk.plan.country import HEAVY, LEAN, country


def test_a_place_watches_the_best_that_leaves_room_on_its_line() -> None:
    plan = country()
    assert rung_for(plan, Line(rate=2_000_000, share=1)) == HEAVY  # exactly 0.85 of it
    assert rung_for(plan, Line(rate=1_999_999, share=1)) == LEAN
    assert rung_for(plan, Line(rate=490_000, share=1)) is None


def test_screens_of_a_place_share_its_line() -> None:
    assert rung_for(country(screens=2), Line(rate=2_000_000, share=1)) == LEAN


def test_what_the_centre_sends_does_not_depend_on_who_watches() -> None:
    few, many = needs_of(country(sites=34, largest=1)), needs_of(country(sites=340_000, largest=10_000))
    assert few.centre == many.centre
    assert few.edge.fetched == many.edge.fetched
    assert many.edge.out > 9_000 * few.edge.out


def test_an_edge_fetches_each_rendition_once_and_sends_each_viewer_one() -> None:
    plan = country()
    edge = needs_of(plan).edge
    assert edge.fetched == wire_rate(plan, HEAVY) + wire_rate(plan, LEAN)
    assert edge.out == 100 * wire_rate(plan, HEAVY)
    assert edge.requests == pytest.approx(100 * 4 / 0.64)


@pytest.mark.parametrize(("profile", "each"), [("classic", 4 / 3.84), ("low", 4 / 0.64), ("ultra", 4 / 0.32)])
def test_shorter_parts_are_more_requests(profile: str, each: float) -> None:
    plan = country(profile=PROFILES[ProfileName(profile)])
    assert needs_of(plan).edge.requests == pytest.approx(100 * each)


def test_a_month_of_recordings_is_every_rendition_for_every_hour_on_air() -> None:
    archive = needs_of(country()).archive
    assert archive.hours == 24
    assert archive.month == 24 * 3600 * 1_500_000 // 8
    assert archive.whole == 12 * archive.month


def test_the_window_takes_disk_for_each_channel() -> None:
    assert needs_of(country(channels=3)).centre.disk == 3 * 7_200 * 1_500_000 // 8


def test_workers_need_what_the_ladder_was_measured_to_take_and_room_beside() -> None:
    assert needs_of(country(encode=1.4)).centre.worker_cores == 2
    assert needs_of(country(encode=1.4, channels=3)).centre.worker_cores == 6


@given(share=st.floats(0.01, 0.99), rate=st.integers(100_000, 10_000_000))
def test_more_places_on_wider_lines_never_watch_less(share: float, rate: int) -> None:
    mixed = country(lines=(Line(rate=rate, share=share), Line(rate=rate * 2, share=1 - share)))
    slow, fast = needs_of(mixed).shares
    assert slow.rung is None or (fast.rung is not None and fast.rung.peak >= slow.rung.peak)
    assert slow.rung is None or slow.rung.peak <= FILL * rate


def test_without_edges_the_centre_answers_every_place() -> None:
    alone, edged = needs_of(country(edges=0)), needs_of(country())
    assert alone.machines == 0
    assert alone.centre.out > 10 * edged.centre.out
    assert (alone.centre.worker_cores, alone.centre.disk) == (edged.centre.worker_cores, edged.centre.disk)
