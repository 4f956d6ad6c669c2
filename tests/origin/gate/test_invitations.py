"""Sites are known by their tokens, and get addresses for what they may watch."""

from aiohttp.test_utils import make_mocked_request

from flow.ids import ChannelId
from origin.gate.invitations import COOKIE, Invitations
from tests.origin.gate.hall import HALL, TOKEN, OneHall

HOP = ChannelId("hop")


def invitations() -> Invitations:
    return Invitations(OneHall(), lambda site, channel, until: f"{site}+{channel}+{until}")


def test_a_token_says_whose_it_is_in_an_address_and_in_a_cookie() -> None:
    known = invitations()
    assert known.site(TOKEN) == HALL
    assert known.site_of(make_mocked_request("GET", "/", {"Cookie": f"{COOKIE}={TOKEN}"})) == HALL
    assert known.site_of(make_mocked_request("GET", "/", match_info={"site": TOKEN})) == HALL


def test_an_address_goes_before_a_cookie() -> None:
    """Who opens another site's link is that site."""
    other = {"Cookie": f"{COOKIE}={TOKEN}"}
    assert invitations().site_of(make_mocked_request("GET", "/", other, match_info={"site": "x" * 43})) is None


def test_nobody_is_anybody() -> None:
    known = invitations()
    for text in ("", "x", "x" * 43, TOKEN + "x"):
        assert known.site(text) is None
    assert known.site_of(make_mocked_request("GET", "/")) is None
    assert known.site_of(make_mocked_request("GET", "/", {"Cookie": f"a=b; {COOKIE}=\"; ;;"})) is None


def test_an_address_is_made_for_a_site_and_ends_with_its_invitation() -> None:
    known = invitations()
    assert known.folder(HALL, HOP) == f"/s/{HALL}+hop+1000/live/hop/"
    assert known.folder(HALL, ChannelId("other")) is None
    assert known.folder(None, HOP) is None
    assert known.may_watch(HALL, HOP)
    assert not known.may_watch(HALL, ChannelId("other"))
    assert not known.may_watch(None, HOP)
