"""Accept-Encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from origin.encodings import accepts_gzip


@pytest.mark.parametrize("header", [
    "gzip", "gzip, deflate, br, zstd", "deflate,GZIP", "x-gzip", "*", "br;q=1.0, gzip;q=0.8", "gzip;q=0.001",
    "gzip ; q=1", "identity;q=0, *;q=0.1",
])
def test_gzip_is_taken(header: str) -> None:
    assert accepts_gzip(header)


@pytest.mark.parametrize("header", [
    "", "identity", "br", "gzip;q=0", "gzip;q=0.0", "gzip; q=0.000", "*, gzip;q=0", "*;q=0", "gzipped",
    "deflate, br",
])
def test_gzip_is_not_taken(header: str) -> None:
    assert not accepts_gzip(header)


@given(st.text())
def test_any_header_has_an_answer(header: str) -> None:
    assert accepts_gzip(header) in {True, False}
