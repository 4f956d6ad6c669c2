"""Short words for JSON Schema."""

import pytest

from desk.api.shorthand import object_schema, schema

SITE = {"$ref": "#/components/schemas/Site"}


@pytest.mark.parametrize(("word", "meant"), [
    ("string", {"type": "string"}),
    ("Site", SITE),
    ("integer?", {"type": ["integer", "null"]}),
    ("Site?", {"anyOf": [SITE, {"type": "null"}]}),
    ("[Site]", {"type": "array", "items": SITE}),
    ({"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 3}),
    ({"enum": ["Site"]}, {"enum": ["Site"]}),
    ({"anyOf": ["Site", "null"]}, {"anyOf": [SITE, {"type": "null"}]}),
    ({"type": "array", "items": "Site"}, {"type": "array", "items": SITE}),
    ({"type": "object", "additionalProperties": False}, {"type": "object", "additionalProperties": False}),
])
def test_a_short_word_is_a_schema(word: object, meant: object) -> None:
    assert schema(word) == meant


def test_an_object_has_all_its_words_and_no_other() -> None:
    assert object_schema({"site": "Site", "who?": "string"}) == {
        "type": "object", "properties": {"site": SITE, "who": {"type": "string"}}, "required": ["site"],
        "additionalProperties": False,
    }


def test_an_open_one_may_have_others() -> None:
    assert object_schema({"who?": "string", "_open": True}) == {
        "type": "object", "properties": {"who": {"type": "string"}},
    }
