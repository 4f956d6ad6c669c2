from ingest.decodable import CONTAINERS, SAFE


def test_nothing_that_is_decoded_leads_anywhere_else() -> None:
    """T-07: lists and concatenations are not among the containers, nor pictures that are programs."""
    assert not {"hls", "dash", "concat", "sdp", "image2", "lavfi"} & set(CONTAINERS)
    assert not {"svg", "ansi", "tty"} & set(str(SAFE["codec_whitelist"]).split(","))
