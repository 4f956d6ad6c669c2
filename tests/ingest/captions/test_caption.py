from ingest.captions.caption import Coded, Cue, Cut


def test_what_a_decoder_says_of_captions_is_compared_by_value() -> None:
    assert Cue(start=1, end=2, text="a") == Cue(start=1, end=2, text="a")
    assert len({Cut(at=1), Cut(at=1), Coded(at=1, triples=b"")}) == 2
