"""Addresses that are no machine's."""

import pytest

from ingest.reach.nowhere import nowhere


@pytest.mark.parametrize(("host", "words"), [
    ("0.0.0.0", "every address"), ("::", "every address"), ("::ffff:0.0.0.0", "every address"),
    ("239.1.2.3", "multicast"), ("ff3e::1", "multicast"), ("::ffff:224.0.0.1", "multicast"),
    ("255.255.255.255", "no machine's"), ("240.0.0.1", "no machine's"),
])
def test_what_an_address_stands_for_instead_is_said(host: str, words: str) -> None:
    assert words in nowhere(host)
    assert (words in nowhere(host, ours=True)) is (words != "every address")


@pytest.mark.parametrize("host", ["10.0.0.5", "127.0.0.1", "::1", "fe80::1", "64:ff9b::a00:1", "studio", ""])
def test_of_any_other_nothing_is_said(host: str) -> None:
    assert nowhere(host) == ""
