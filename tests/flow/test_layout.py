"""How speaker and slides share the canvas."""

from flow.layout import Layout, Role


def test_layouts_and_roles_are_words_that_operators_write() -> None:
    assert [str(one) for one in Layout] == ["auto", "speaker", "slides", "side", "pip"]
    assert [str(one) for one in Role] == ["main", "slides"]
