"""Ways from the command line to a desk."""

import http.client

import pytest

from desk.listener import Listener
from desk.way import Way, far_way
from flow.errors import OperatorError


def test_a_desk_elsewhere_is_spoken_to_by_tls() -> None:
    """T-27: with a certificate that is checked."""
    way = far_way("https://desk.vn:8090/", {"Authorization": "Bearer t"}, "")
    assert way.tls is not None
    assert way.tls.check_hostname
    assert isinstance(way.open(1), http.client.HTTPSConnection)
    assert (str(way), "Bearer" in repr(way)) == ("desk.vn:8090", False)
    assert far_way("https://desk.vn", {}, "").place == Listener("desk.vn", 443)


def test_this_machine_is_spoken_to_as_it_is() -> None:
    way = far_way("http://127.0.0.1:8090", {}, "")
    assert (way.tls, way.place) == (None, Listener("127.0.0.1", 8090))
    assert far_way("http://[::1]", {}, "").place == Listener("::1", 80)
    assert not isinstance(Way(place=Listener("127.0.0.1", 1)).open(1), http.client.HTTPSConnection)


@pytest.mark.parametrize("address", [
    "", "desk.vn", "http://desk.vn:8090", "http://10.0.0.5:8090", "ftp://127.0.0.1", "https://", "https://a:b",
    "https://lan:geheim@desk.vn", "https://desk.vn/api", "https://desk.vn?x", "https://desk.vn:99999",
])
def test_what_is_no_desk_is_refused(address: str) -> None:
    """T-27: a password never goes over the network in clear."""
    with pytest.raises(OperatorError, match="https://HOST:PORT"):
        far_way(address, {}, "")


def test_a_certificate_that_is_none_is_one_sentence() -> None:
    with pytest.raises(OperatorError, match="--ca"):
        far_way("https://desk.vn", {}, "-----BEGIN RUBBISH-----")
