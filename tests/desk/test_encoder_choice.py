"""Which encoder is taken, from values alone."""

import pytest

from desk.encoder_choice import choose, encoder_of, untried
from flow.encoder_kind import EncoderKind
from flow.errors import OperatorError

NVENC, QSV, VAAPI, X264 = EncoderKind.NVENC, EncoderKind.QSV, EncoderKind.VAAPI, EncoderKind.X264


class Machine:
    """Has some encoders, and remembers which were tried."""

    def __init__(self, *has: EncoderKind) -> None:
        self.has = has
        self.tried: list[EncoderKind] = []

    def __call__(self, kind: EncoderKind) -> str:
        self.tried.append(kind)
        return "" if kind in self.has else "no driver"


@pytest.mark.parametrize(("wish", "has", "kind", "tried", "denied"), [
    ("x264", (NVENC,), X264, [], False),
    ("nvenc", (NVENC,), NVENC, [NVENC], False),
    ("nvenc", (QSV,), X264, [NVENC], True),
    ("auto", (NVENC, QSV), NVENC, [NVENC], False),
    ("auto", (VAAPI,), VAAPI, [NVENC, QSV, VAAPI], False),
    ("auto", (), X264, [NVENC, QSV, VAAPI], False),
])
def test_the_best_that_works_is_taken_and_no_more_is_tried_than_needed(
    wish: str, has: tuple[EncoderKind, ...], kind: EncoderKind, tried: list[EncoderKind], denied: bool,
) -> None:
    machine = Machine(*has)
    choice = choose(wish, machine)
    assert (choice.kind, machine.tried, choice.denied) == (kind, tried, denied)


def test_why_the_better_ones_are_not_taken_is_told() -> None:
    assert choose("auto", Machine(QSV)).why == "nvenc: no driver"
    assert choose("vaapi", untried).why == "vaapi: nobody has tried it"
    assert choose("x264", Machine()).why == ""


def test_a_word_that_is_no_encoder_is_refused_with_the_nearest() -> None:
    assert [encoder_of(word) for word in ("x264", "auto")] == ["x264", "auto"]
    with pytest.raises(OperatorError, match="Did you mean “nvenc”"):
        encoder_of("nvcen")
