"""Programmes as the terminal shows them."""

from datetime import UTC

from desk.commands.programme_text import done_text, listed, sentence, told
from desk.programmes.programme_words import shown
from desk.programmes.times import zone_of
from tests.desk.programmes.some import a_programme, at

HERE = zone_of("Asia/Ho_Chi_Minh")


def test_an_end_has_its_day_only_when_it_is_another() -> None:
    one = shown(a_programme("p1", "08:00", "09:30"), state="planned", sites=1)
    assert sentence(one, HERE) == "p1 “Hội nghị p1”, hop, 2026-11-24 08:00+07:00 to 09:30, 1 site"
    assert "01:00+00:00 to 02:30" in sentence(one, UTC)
    over = shown(a_programme("p1", "23:00", "24:30"), state="planned")
    assert sentence(over, HERE).endswith("23:00+07:00 to 2026-11-25 00:30+07:00")


def test_a_list_has_a_line_for_each() -> None:
    assert listed([], HERE).startswith("no programmes")
    long = shown(a_programme("p1"), state="on-air") | {"audience": [f"Phường {at}" for at in range(20)], "but": []}
    lines = listed([long, long], HERE).splitlines()
    assert len(lines) == 3
    assert lines[1].endswith("…")


def test_all_that_is_known_is_told() -> None:
    one = shown(a_programme("p1", documents=("a.pdf", "b.pdf"), runs_over=True), state="on-air")
    text = told(one | {"audience": ["Thành phố Hà Nội"], "but": ["label:ubnd"]}, HERE)
    assert "audience   Thành phố Hà Nội" in text
    assert "label:ubnd" in text
    assert "a.pdf, b.pdf" in text
    assert "runs_over  past its end, until it is stopped" in text
    assert sentence(one, HERE).partition(",")[2].endswith(" and on until stopped")
    assert "nothing is recorded yet" in text
    assert "ended" not in text


def test_what_was_done_by_hand_is_told_with_the_real_times() -> None:
    done = a_programme("p1", "08:00", "09:30", began_s=at("07:50"), ended_s=at("09:10"))
    assert "07:50+07:00 to 09:10" in sentence(shown(done, state="over"), HERE)
    unscheduled = a_programme("p1", "08:00", "", began_s=at("08:00"), ended_s=at("09:10"), runs_over=True)
    assert sentence(shown(unscheduled, state="over"), HERE).endswith("08:00+07:00 to 09:10")


def test_the_first_of_several_is_told_and_that_nobody_is_invited() -> None:
    one = shown(a_programme("p1"), state="planned", sites=0)
    assert done_text({"programmes": [one]}, "added", HERE).startswith("added: p1 “")
    assert "no site of the register" in done_text(one, "added", HERE)
    assert "no site" not in done_text(one | {"sites": 3}, "added", HERE)
