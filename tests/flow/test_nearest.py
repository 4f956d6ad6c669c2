"""Wrong words get the nearest right one."""

from flow.nearest import nearest, remedy_for


def test_a_slip_finds_its_word() -> None:
    assert nearest("conferense-720", ["conference-480", "conference-720", "tiny"]) == "conference-720"
    assert nearest("TINY", ["tiny", "thin"]) == "tiny"


def test_a_far_word_finds_none() -> None:
    assert nearest("qqq", ["tiny", "thin"]) is None
    assert remedy_for("qqq", ["tiny", "thin"]) == "Known: tiny, thin"


def test_the_remedy_names_the_nearest_first() -> None:
    assert remedy_for("lwo", ["classic", "low"]).startswith("Did you mean “low”?")
