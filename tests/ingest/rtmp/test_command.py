import pytest

from ingest.rtmp.amf import encode
from ingest.rtmp.command import Command, command_of
from ingest.rtmp.message import Kind, Message


def command(*values: object, kind: Kind = Kind.COMMAND, before: bytes = b"") -> Command:
    return command_of(Message(kind=kind, body=before + encode(*values)))


def test_a_command_has_a_name_a_number_and_values() -> None:
    found = command("publish", 5, None, "geheim", "live")
    assert (found.name, found.transaction, found.values) == ("publish", 5, (None, "geheim", "live"))
    assert (found.text(1), found.text(0), found.text(9)) == ("geheim", "", "")


def test_one_of_type_17_has_a_zero_in_front() -> None:
    assert command("connect", 1, kind=Kind.COMMAND_AMF3, before=b"\0").name == "connect"


@pytest.mark.parametrize("values", [(), (1,), (None, None), ("x", "y"), ({},)])
def test_what_is_missing_or_of_another_kind_is_empty(values: tuple[object, ...]) -> None:
    found = command(*values)
    assert found.transaction == 0
    assert found.words() == {}


def test_the_words_of_an_answer_are_its_last_object() -> None:
    assert command("_result", 1, {"fmsVer": "x"}, {"code": "y"}).words() == {"code": "y"}


def test_a_command_shows_no_value() -> None:
    """T-11."""
    assert "geheim" not in repr(command("publish", 5, None, "geheim"))
