"""What each site is invited to."""

from dataclasses import replace

from desk.programmes.agenda import NEVER, Agenda, Entry, in_order, planned
from desk.programmes.programme import ProgrammeId
from flow.ids import ChannelId
from flow.listing import Document, Item
from tests.desk.programmes.some import a_programme, at

HOP = ChannelId("hop")
PAPER = Document(number=1, channel=HOP, title="a", ending="pdf", size=1, digest="ab")


def an_entry(start: str, end: str, *sites: str) -> Entry:
    item = Item(channel=HOP, title=start, start_s=at(start), end_s=at(end) if end else None)
    return Entry(programme=ProgrammeId("p1"), item=item, opens_s=at(start) - 900, sites=frozenset(sites),
                 documents=(PAPER,))


def test_a_site_hears_of_what_it_is_invited_to_until_that_is_over() -> None:
    agenda = Agenda(entries=in_order([an_entry("10:00", "", "a"), an_entry("08:00", "09:00", "a", "b")]))
    def told(site: str, clock: str) -> list[str]:
        return [one.title for one in agenda.coming(site, at(clock), ahead_s=7_200)]

    assert told("a", "07:00") == ["08:00"]
    assert told("a", "08:30") == ["08:00", "10:00"]
    assert told("a", "09:00") == ["10:00"]
    assert told("b", "09:00") == []
    assert told("c", "08:30") == []


def test_documents_are_there_from_the_rehearsal_to_hours_after_the_end() -> None:
    """T-16: for its audience alone."""
    agenda = Agenda(entries=(an_entry("08:00", "09:00", "a"),))
    def there(clock: str, site: str = "a", channel: ChannelId = HOP) -> bool:
        return agenda.documents(site, channel, at(clock), margin_s=300, kept_s=3_600) == [PAPER]

    assert [there(clock) for clock in ("07:44", "07:45", "09:59", "10:00")] == [False, True, True, False]
    assert not there("08:00", "b")
    assert not there("08:00", channel=ChannelId("kin"))


def test_documents_of_what_is_over_make_room_for_the_next_one_s() -> None:
    later = replace(an_entry("10:00", "11:00", "a"), documents=(replace(PAPER, number=2),))
    agenda = Agenda(entries=(an_entry("08:00", "09:00", "a"), later))
    found = [
        [one.number for one in agenda.documents("a", HOP, at(clock), margin_s=300, kept_s=7_200)]
        for clock in ("09:30", "09:50", "12:30", "13:30")
    ]
    assert found == [[1], [2], [2], []]


def test_a_page_hears_what_is_on_and_what_was_last() -> None:
    first, later = an_entry("08:00", "09:00", "a"), an_entry("10:00", "11:00", "a")
    agenda = Agenda(entries=(first, later), names={"a": "Xã A"})

    def told(clock: str, site: str = "a") -> tuple[str, str, str]:
        found = agenda.occasion(site, HOP, at(clock), margin_s=300, kept_s=3_600)
        return found.site, found.now.title if found.now else "", found.ended.title if found.ended else ""

    assert [told(clock) for clock in ("07:44", "07:45", "09:00", "09:05", "09:45", "12:00")] == [
        ("Xã A", "", ""), ("Xã A", "08:00", ""), ("Xã A", "08:00", "08:00"), ("Xã A", "", "08:00"),
        ("Xã A", "10:00", "08:00"), ("Xã A", "", ""),
    ]
    assert told("08:30", "b") == ("", "", "")


def test_a_site_is_at_a_programme_from_the_rehearsal_to_its_end() -> None:
    agenda = Agenda(entries=(an_entry("08:00", "09:00", "a"),))
    there = [agenda.at("a", HOP, at(clock)) for clock in ("07:44", "07:45", "08:59", "09:00")]
    assert there == [None, "p1", "p1", None]
    assert agenda.at("b", HOP, at("08:00")) is None
    assert agenda.at("a", ChannelId("kin"), at("08:00")) is None


def test_what_waits_stands_where_it_was_planned_and_opens_nobody_knows_when() -> None:
    first, second = a_programme("p1", "08:00", ""), a_programme("p2", "10:00", "11:00")
    found = planned([first, second], from_s=at("07:00"), to_s=at("12:00"))
    assert [(one.programme.id, one.start_s, one.end_s, one.opens_s) for one in found] == [
        ("p1", at("08:00"), None, at("07:45")), ("p2", at("10:00"), at("11:00"), NEVER),
    ]


def test_the_rehearsal_waits_for_the_end_of_what_is_before() -> None:
    found = planned(
        [a_programme("p1"), a_programme("p2", "09:05", "10:00")], from_s=at("07:00"), to_s=at("12:00"),
    )
    assert [one.opens_s for one in found] == [at("07:45"), at("09:00")]
    assert planned([a_programme("p1")], from_s=at("09:00"), to_s=at("12:00")) == []
