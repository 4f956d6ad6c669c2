import pytest

from ingest.rtmp.auth import answer, asks
from ingest.rtmp.message import RtmpError

ASKED = "[ AccessManager.Reject ] : [ code=403 need auth; authmod=adobe ] : "
CHALLENGE = "?reason=needauth&user=ann&salt=c2FsdA==&challenge=Y2g=&opaque=b3A="
CHALLENGED = f"[ AccessManager.Reject ] : [ authmod=adobe ] : {CHALLENGE}"


def test_a_challenge_is_told_from_any_other_refusal() -> None:
    assert asks(ASKED)
    assert not asks("[ Server.Reject ] : no such application")


def test_first_the_name_is_given_and_then_the_proof() -> None:
    """The proof is the one that FFmpeg's client computes for the same words."""
    assert answer(ASKED, "ann", "geheim", "00c0ffee") == "?authmod=adobe&user=ann"
    proof = answer(CHALLENGED, "ann", "geheim", "00c0ffee")
    assert proof == "?authmod=adobe&user=ann&challenge=00c0ffee&response=g2jUWQvy27Xz1eQw+Z14DA==&opaque=b3A="
    assert "geheim" not in proof


def test_without_an_opaque_word_the_challenge_takes_its_place() -> None:
    first = answer(CHALLENGED.replace("&opaque=b3A=", ""), "ann", "geheim", "00c0ffee")
    other = answer(CHALLENGED.replace("&opaque=b3A=", "").replace("Y2g=", "eA=="), "ann", "geheim", "00c0ffee")
    assert "opaque" not in first
    assert first != other


@pytest.mark.parametrize(("description", "user", "why"), [
    (ASKED, "", "asks for a user name"), ("authmod=llnw", "ann", "does not know"),
    (ASKED + "?reason=authfailed", "ann", "refuses the user name or the password"),
    (ASKED + "?reason=nosuchuser", "ann", "refuses the user name or the password"),
])
def test_what_cannot_be_answered_is_said(description: str, user: str, why: str) -> None:
    with pytest.raises(RtmpError, match=why):
        answer(description, user, "geheim", "00c0ffee")
