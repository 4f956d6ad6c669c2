"""Who counts as a list of guests."""

from desk.access.guest_list import Guest, GuestList
from flow.guests import Guests
from flow.ids import ChannelId
from flow.site_token import digest_of, new_token


def test_what_the_desk_gives_the_origin_is_a_list_of_guests() -> None:
    made = GuestList(audience=lambda _site, _channel: 5, now=lambda: 0)
    guests: Guests = made
    token = new_token()
    digest = digest_of(token)
    assert digest is not None
    made.put("xa-1", Guest(digest=digest))
    assert guests.site_of(digest) == "xa-1"
    assert guests.watches_until("xa-1", ChannelId("hop")) == 5
