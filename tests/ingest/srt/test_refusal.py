"""What libsrt says of callers that it refused."""

import pytest

from ingest.srt.refusal import refusal_of, sentence_of

SAID = "18:40:18.042373/SRT:RcvQ:w1!W:SRT.cn: processConnectRequest: rsp(REJECT): "


@pytest.mark.parametrize(("line", "keyed", "why"), [
    (SAID + "1010 - Incorrect passphrase", True, "wrong-passphrase"),
    (SAID + "1011 - Password required or unexpected", True, "no-passphrase"),
    (SAID + "1011 - Password required or unexpected", False, "unasked-passphrase"),
    (SAID + "1008 - Version", True, "SRT 1008"),
    ("18:40:18.042342/SRT:RcvQ:w1!W:SRT.cn: KMREQ/rcv: (snd) Rx process failure - BADSECRET", True, ""),
    ("[info] Input #0, mpegts, from 'srt://h:1'", True, ""),
])
def test_a_refusal_is_named_once_for_each_caller(line: str, keyed: bool, why: str) -> None:
    """T-01: of the four lines that libsrt writes for one caller it is the last that counts."""
    assert refusal_of(line, keyed=keyed) == why


@pytest.mark.parametrize(("refusal", "end"), [
    ("wrong-passphrase", "its passphrase is wrong"), ("no-passphrase", "it has no passphrase"),
    ("unasked-passphrase", "it has a passphrase, and the feed has none"), ("SRT 1008", "SRT 1008"),
])
def test_status_says_it_in_a_sentence(refusal: str, end: str) -> None:
    assert sentence_of(refusal) == f"the last caller was refused: {end}"
