"""A token opens one channel for one site, for as long as it counts."""

import pytest

from flow.errors import ViewerError
from flow.ids import ChannelId
from flow.stream_token import SKEW
from origin.gate import stream_tokens
from origin.gate.signature import PublicKeys, claims_of
from origin.gate.stream_tokens import StreamTokens
from tests.origin.gate.tokens import HOP, HOUR, NOW, public, token


class Desk:
    """What the gate is told: keys, time and who is shut out."""

    def __init__(self, *names: str) -> None:
        self.keys: PublicKeys = public(*names)
        self.now = NOW
        self.shut: dict[str, int] = {}

    def tokens(self, remembered: int = 100) -> StreamTokens:
        return StreamTokens(lambda: self.keys, now=lambda: self.now, void=self.shut, remembered=remembered)


def refused(tokens: StreamTokens, text: str, channel: str = HOP) -> tuple[int, str]:
    with pytest.raises(ViewerError) as found:
        tokens.bearer(text, ChannelId(channel))
    return found.value.status, found.value.reason


def test_a_good_token_names_its_site() -> None:
    tokens = Desk().tokens()
    assert tokens.bearer(token(), HOP).site == "xa-00123"
    assert tokens.bearer(token("xa-2"), HOP).site == "xa-2"


def test_every_reason_has_the_same_answer() -> None:
    """T-14, T-12: not even whether there is such a channel is told."""
    desk = Desk()
    tokens = desk.tokens()
    desk.shut["xa-9"] = NOW
    answers = {
        refused(tokens, token(), "other"), refused(tokens, token(channel="other")), refused(tokens, token("xa-9")),
        refused(tokens, token(until=NOW - HOUR, now=NOW - 2 * HOUR)), refused(tokens, token(by="two")),
        refused(tokens, ""), refused(tokens, "x" * 5000), refused(tokens, token()[:-1]),
        refused(tokens, "é\ud800"),
    }
    assert answers == {(404, "unknown")}


def test_clocks_may_differ_by_half_a_minute() -> None:
    desk = Desk()
    tokens, made = desk.tokens(), token()
    for moment, good in (
        (NOW - SKEW, True), (NOW - SKEW - 1, False), (NOW + HOUR + SKEW - 1, True), (NOW + HOUR + SKEW, False),
    ):
        desk.now = moment
        if good:
            assert tokens.bearer(made, HOP).site == "xa-00123"
        else:
            refused(tokens, made)


def test_a_signature_is_verified_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(text: str, keys: PublicKeys) -> object:
        asked.append(text)
        return claims_of(text, keys)

    monkeypatch.setattr(stream_tokens, "claims_of", counted)
    tokens = Desk().tokens(remembered=2)
    first, second, third = token("a"), token("b"), token("c")
    for text in (first, first, second, first, third, first):
        tokens.bearer(text, HOP)
    assert asked == [first, second, third]
    tokens.bearer(second, HOP)  # it was the least lately asked for, and there is room for two
    assert asked == [first, second, third, second]


def test_what_is_no_token_takes_no_room() -> None:
    """T-14: nobody fills the memory with guesses."""
    tokens = Desk().tokens()
    for number in range(50):
        refused(tokens, f"{token()[:-6]}{number:06d}")
    assert not tokens._good


def test_a_site_that_is_shut_out_is_out_with_the_next_request_and_in_again_with_a_new_token() -> None:
    """T-15."""
    desk = Desk()
    tokens, made = desk.tokens(), token()
    tokens.bearer(made, HOP)
    desk.shut["xa-00123"] = NOW
    refused(tokens, made)
    assert tokens.bearer(token("xa-2"), HOP).site == "xa-2"
    desk.now = NOW + 5
    assert tokens.bearer(token(now=NOW + 5), HOP).site == "xa-00123"


def test_a_key_that_is_gone_takes_its_tokens_with_it() -> None:
    desk = Desk("one", "two")
    tokens = desk.tokens()
    made = token(by="one")
    tokens.bearer(made, HOP)
    desk.keys = public("two")
    refused(tokens, made)
    tokens.bearer(token(by="two"), HOP)
