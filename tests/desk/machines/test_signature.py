"""What a machine's signature covers."""

from dataclasses import replace

import pytest

from desk.machines.signature import EMPTY, SCHEME, Asked, Signature, digest_of, sign

ASKED = Asked(method="PUT", target="/ingest/hop/v240/7/1?x=1", headers={"Xacast-Worker": "1", "Host": "a"})
MADE = sign("key", ASKED, name="studio-2", time_ms=5, nonce="n", body=digest_of(b"chunk"))


def test_it_is_read_as_it_was_written_and_proves_who_made_it() -> None:
    read = Signature.parse(str(MADE))
    assert read == MADE
    assert read.proves("key", ASKED)
    assert not read.proves("another", ASKED)


@pytest.mark.parametrize("other", [
    replace(ASKED, method="POST"), replace(ASKED, target="/ingest/hop/v240/7/2?x=1"),
    replace(ASKED, headers={"Xacast-Worker": "0"}), replace(ASKED, headers={}),
])
def test_what_is_asked_is_in_it(other: Asked) -> None:
    """T-29: a signature that was seen serves for nothing else."""
    assert not MADE.proves("key", other)


@pytest.mark.parametrize("changed", [
    {"id": "x"}, {"time_ms": 6}, {"nonce": "m"}, {"body": EMPTY}, {"mac": "0" * 64},
])
def test_no_word_of_it_can_be_changed(changed: dict[str, object]) -> None:
    assert not replace(MADE, **changed).proves("key", ASKED)


def test_headers_of_others_may_change_on_the_way() -> None:
    assert MADE.proves("key", replace(ASKED, headers={"xacast-worker": "1", "Via": "tunnel"}))


@pytest.mark.parametrize("text", [
    "", "Bearer x", SCHEME, f"{SCHEME} id=a", f"{SCHEME} id=a,time=x,nonce=n,body=b,mac=m",
    f"{SCHEME} id=a,time=1,nonce=,body=b,mac=m", f"{SCHEME} id=a,nonce=n,time=1,body=b,mac=m",
    f"{SCHEME} id=ü,time=1,nonce=n,body=b,mac=m", f"{SCHEME} id=a,time=1,nonce={'n' * 600},body=b,mac=m",
])
def test_anything_else_is_none(text: str) -> None:
    assert Signature.parse(text) is None
