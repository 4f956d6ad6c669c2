import pytest

from packager.fields import items, number, numbers, record, text


def test_values_of_the_named_kind_are_given() -> None:
    data = record({"a": 3, "b": [1, 2], "c": "avc1"})
    assert (number(data, "a"), text(data, "c")) == (3, "avc1")
    assert numbers(data, "b") == items(data, "b") == [1, 2]


@pytest.mark.parametrize("value", [None, "3", 3.0, True, -1, 2**63, [3]])
def test_a_number_is_whole_and_not_negative(value: object) -> None:
    with pytest.raises(ValueError, match="a: not a number"):
        number({"a": value}, "a")


@pytest.mark.parametrize("value", [None, "", 'x"y', "é", "a\n", 3])
def test_a_text_can_stand_in_quotes(value: object) -> None:
    with pytest.raises(ValueError, match="a: not a text"):
        text({"a": value}, "a")


def test_a_record_and_a_list_are_what_they_should_be() -> None:
    with pytest.raises(ValueError, match="not an object"):
        record([])
    with pytest.raises(ValueError, match="b: not a list"):
        items({"b": {}}, "b")
