import pytest

from flow.encoder_kind import AUTO, EncoderKind, to_try


def test_x264_needs_no_trial() -> None:
    assert to_try("x264") == ()


def test_auto_tries_all_cards_the_best_first() -> None:
    assert to_try(AUTO) == (EncoderKind.NVENC, EncoderKind.QSV, EncoderKind.VAAPI)


def test_a_kind_that_is_wanted_is_tried_alone() -> None:
    assert to_try("vaapi") == (EncoderKind.VAAPI,)
    with pytest.raises(ValueError, match="amf"):
        to_try("amf")
