"""Sites are known by their tokens, and get addresses for what they may watch."""

from aiohttp.test_utils import make_mocked_request

from flow.ids import ChannelId
from origin.gate.invitations import COOKIE, Invitations
from tests.origin.gate.hall import HALL, TOKEN, OneHall, gate_for

HOP = ChannelId("hop")


def invitations() -> Invitations:
    hall = OneHall()
    return Invitations(hall, lambda site, channel, until, _device: f"{site}+{channel}+{until}", gate_for(hall))


def test_a_token_says_whose_it_is_in_an_address_and_in_a_cookie() -> None:
    known = invitations()
    assert known.site_of(make_mocked_request("GET", "/", {"Cookie": f"{COOKIE}={TOKEN}"})) == HALL
    assert known.site_of(make_mocked_request("GET", "/", match_info={"site": TOKEN})) == HALL


def test_an_address_goes_before_a_cookie() -> None:
    """Who opens another site's link is that site."""
    other = {"Cookie": f"{COOKIE}={TOKEN}"}
    assert invitations().site_of(make_mocked_request("GET", "/", other, match_info={"site": "x" * 43})) is None


def test_nobody_is_anybody() -> None:
    known = invitations()
    for text in ("", "x", "x" * 43, TOKEN + "x"):
        assert known.site_of(make_mocked_request("GET", "/", match_info={"site": text})) is None
    assert known.site_of(make_mocked_request("GET", "/")) is None
    assert known.site_of(make_mocked_request("GET", "/", {"Cookie": f"a=b; {COOKIE}=\"; ;;"})) is None


def test_an_address_is_made_for_a_site_and_ends_with_its_invitation() -> None:
    known = invitations()
    request = make_mocked_request("GET", "/", match_info={"site": TOKEN})
    assert known.folder(request, HALL, HOP) == f"/s/{HALL}+hop+1000/live/hop/"
    assert known.folder(request, HALL, ChannelId("other")) is None
    assert known.may_watch(HALL, HOP)
    assert not known.may_watch(HALL, ChannelId("other"))
    assert not known.may_watch(None, HOP)
