import pytest

from ingest.rtsp.auth import Challenge, challenge_of, proof

DIGEST = (
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={}, '
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
)
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


def asked(line: str) -> Challenge:
    found = challenge_of([line])
    assert found is not None
    return found


@pytest.mark.parametrize(("algorithm", "response"), [
    ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
    ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
])
def test_the_example_of_the_rfc_is_answered(algorithm: str, response: str) -> None:
    """RFC 7616, section 3.9.1."""
    given = proof(asked(DIGEST.format(algorithm)), "Mufasa", "Circle of Life", "GET", "/dir/index.html", CNONCE)
    assert f'response="{response}"' in given
    assert f"algorithm={algorithm}" in given
    assert "Circle of Life" not in given


def test_the_old_form_without_a_count_is_answered() -> None:
    """RFC 2617, 3.2.2.1, as most cameras have it."""
    given = proof(asked('Digest realm="cam",nonce="abc"'), "u", "p", "DESCRIBE", "rtsp://h/x", "ours")
    assert "cnonce" not in given
    assert 'uri="rtsp://h/x"' in given


def test_basic_is_answered_and_digest_preferred() -> None:
    assert proof(asked('Basic realm="x"'), "u", "p", "PLAY", "rtsp://h/", "") == "Basic dTpw"
    found = challenge_of(['Basic realm="x"', 'Digest realm="x", nonce="n"', "Negotiate"])
    assert found is not None
    assert found.hash == "md5"


@pytest.mark.parametrize("line", ["Negotiate", "", 'Digest realm="x", nonce="n", algorithm=MD4', "Bearer x"])
def test_a_way_that_is_not_known_is_none(line: str) -> None:
    assert challenge_of([line]) is None


def test_a_quote_in_a_user_name_ends_no_word() -> None:
    """T-05."""
    assert 'username="a\\"b"' in proof(asked('Digest realm="x", nonce="n"'), 'a"b', "p", "PLAY", "u", "n")
