from xml.etree.ElementTree import fromstring

from desk.plan.deployment import Line
from desk.plan.needs import needs_of
from desk.plan.picture import plan_picture
from tests.desk.plan.country import country


def test_the_picture_shows_the_tiers_and_what_does_not_fit() -> None:
    plan = country(ladder="<two>", lines=(Line(rate=100_000, share=1.0),), centre_line=1_000_000)
    drawn = fromstring(plan_picture(plan, needs_of(plan)))
    words = " ".join(text for text in drawn.itertext())
    assert "68 edges in 34 provinces" in words
    assert "ladder <two>" in words
    assert "the centre's line has 1.0 Mb/s" in words


def test_no_line_of_words_is_wider_than_the_picture() -> None:
    plan = country(lines=(Line(rate=100_000, share=1.0),), province_line=1_000_000, cores=1)
    drawn = fromstring(plan_picture(plan, needs_of(plan)))
    assert max(len(text) for text in drawn.itertext()) < 115


def test_without_edges_there_are_two_boxes() -> None:
    picture = plan_picture(country(edges=0), needs_of(country(edges=0)))
    assert "edges in" not in picture
    assert picture.count("requests/s") == 1
