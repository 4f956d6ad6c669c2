"""When which sites may watch a channel."""

from dataclasses import replace

from desk.programmes.audience import Audience, Group, Rule
from desk.programmes.window import Window, Windows, windows_of
from flow.ids import ChannelId
from tests.desk.programmes.some import DAY, a_programme, at

HOP = ChannelId("hop")
FIRST = a_programme("p1", "08:00", "09:00")
SECOND = a_programme(
    "p2", "09:05", "10:00", audience=Audience(included=frozenset({Rule(group=Group.SITE, name="s1")})),
)


def sites(audience: Audience) -> frozenset[str]:
    return frozenset(rule.name or "all" for rule in audience.included)


def national(audience: Audience) -> bool:
    return Rule(group=Group.ALL) in audience.included


def spans(*programmes: object, from_s: int = DAY, to_s: int = DAY + 86_400) -> list[tuple[int, int | None, str]]:
    found = windows_of(programmes, sites, from_s=from_s, to_s=to_s, national=national)  # type: ignore[arg-type]
    return [(one.from_s, one.until_s, *one.sites) for one in found]  # type: ignore[misc]


def test_a_window_is_open_from_rehearsal_to_end_and_never_over_the_one_before() -> None:
    assert spans(FIRST, SECOND) == [(at("07:45"), at("09:00"), "all"), (at("09:00"), at("10:00"), "s1")]
    assert spans(FIRST, from_s=at("09:00")) == []
    assert spans(FIRST, to_s=at("07:45")) == []


def test_by_hand_it_opens_and_closes_earlier_or_later() -> None:
    early = replace(FIRST, began_s=at("07:30"), ended_s=at("08:30"))
    assert spans(early) == [(at("07:30"), at("08:30"), "all")]
    over = replace(FIRST, runs_over=True)
    assert spans(over, SECOND) == [(at("07:45"), None, "all")]
    # The second waited: it rehearses no more, and is on air at once.
    stopped = replace(over, ended_s=at("09:20"))
    assert spans(stopped, SECOND)[1] == (at("09:20"), at("10:00"), "s1")


def test_a_channel_has_one_open_window_or_none() -> None:
    made = windows_of([FIRST, SECOND], sites, from_s=DAY, to_s=DAY + 86_400, national=national)
    known = Windows(channels={HOP: made})
    seen = {clock: known.at(HOP, at(clock)) for clock in ("07:44", "07:45", "08:59", "09:00", "10:00")}
    assert {clock: one and set(one.sites) for clock, one in seen.items()} == {
        "07:44": None, "07:45": {"all"}, "08:59": {"all"}, "09:00": {"s1"}, "10:00": None,
    }
    assert Windows().at(HOP, DAY) is None
    first, second = known.channels[HOP]
    assert (known.after(HOP, first), known.after(HOP, second)) == ((second,), ())
    assert Window(from_s=1, until_s=None, sites=frozenset()).holds(DAY)


def test_a_window_says_whether_its_programme_is_for_all_sites() -> None:
    """T-37: for the two-person rule."""
    made = windows_of([FIRST, SECOND], sites, from_s=DAY, to_s=DAY + 86_400, national=national)
    assert [one.national for one in made] == [True, False]


def test_the_past_begins_with_what_a_site_is_invited_to() -> None:
    """T-14: who comes for the second programme does not look back into the first."""
    both = frozenset({"s1", "s2"})
    first = Window(from_s=100, until_s=200, sites=both)
    second = Window(from_s=200, until_s=300, sites=frozenset({"s1", "s3"}))
    coming = Window(from_s=400, until_s=500, sites=both)
    windows = Windows(channels={HOP: (first, second, coming)})
    assert windows.since("s1", HOP, 250) == 100
    assert windows.since("s3", HOP, 250) == 200
    assert windows.since("s2", HOP, 250) == 250
    assert windows.since("s2", HOP, 450) == 400
    assert windows.since("s1", ChannelId("other"), 250) == 0
