"""Everybody who may stand at the viewers' gate, with all that he can have in hand."""

import hashlib
import hmac
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desk.access.guest_list import Guest
from desk.access.signer import claims_for, signed
from desk.access.signing_keys import SigningKey
from desk.programmes.agenda import Agenda, Entry
from desk.programmes.programme import ProgrammeId
from desk.programmes.window import Window, Windows
from flow.ids import ChannelId
from flow.listing import Document, Item
from flow.site_token import digest_of, new_token
from flow.stream_token import Claims
from tests.desk.access.hall import Hall
from tests.origin.gate.mutations import json_of, text_of, text_of_json

HOUR = 3600
DEVICE = "d" * 12
PAPER = "0" * 64
INVITED = ("xa-1", "xa-3", "xa-4", "xa-5")
"""The second was shut out, the third is elsewhere, the places of the last are all taken; xa-2 is not invited."""


class Visitors:
    """What each has: a site's token for links and cookies, a stream token for addresses of media."""

    def __init__(self, hall: Hall) -> None:
        access = hall.headend.access
        self._now = hall.clock.wall_ns() // 10**9
        self._key = access.keys.signing(self._now)
        window = Window(from_s=self._now - HOUR, until_s=self._now + HOUR, sites=frozenset(INVITED))
        access.schedule._windows = Windows(channels={ChannelId(name): (window,) for name in ("hop", "kin")})
        access.schedule._known = True
        paper = Document(
            number=1, channel=ChannelId("hop"), title="Báo cáo", ending="pdf", size=5, digest=PAPER,
        )
        until = self._now + HOUR
        item = Item(channel=ChannelId("hop"), title="Giao ban", start_s=self._now, end_s=until)
        access.agenda._agenda = Agenda(entries=(Entry(
            programme=ProgrammeId("p1"), item=item, opens_s=self._now, sites=frozenset(INVITED),
            documents=(paper,),
        ),))
        folder = hall.headend._outlet._shelf.folder
        folder.mkdir(exist_ok=True)
        (folder / PAPER).write_bytes(b"%PDF-")
        tokens = {site: new_token() for site in ("xa-2", *INVITED[1:])}
        for site, token in tokens.items():
            access.guests.put(site, Guest(digest=digest_of(token)))
        access.guests.put("xa-3", Guest(void_until=self._now))
        guests = access.guests.guests()
        access.guests.put("xa-4", replace(guests["xa-4"], networks=("10.0.0.0/8",)))
        for number in range(4):
            access.gate._devices.enters("xa-5", f"device-{number:05d}", 4, hall.clock.monotonic_ns())
        self.links = {
            "good": hall.token, "other site's": tokens["xa-2"], "unknown": new_token(), "malformed": "x",
            "revoked": tokens["xa-3"], "elsewhere": tokens["xa-4"], "crowded": tokens["xa-5"],
        }

    def streams(self, channel: str) -> dict[str, str]:
        """Stream tokens for one channel, and those that only look so."""
        good = self._signed(self._claims(channel))
        header, said, signature = good.split(".")
        stranger = SigningKey(self._now, self._key.kid, ec.generate_private_key(ec.SECP256R1()))
        pem = self._key.secret.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        nobodys = text_of_json(json_of(header) | {"alg": "none"})
        secret = f"{text_of_json(json_of(header) | {'alg': 'HS256'})}.{said}"
        tag = hmac.new(pem, secret.encode(), hashlib.sha256).digest()
        return {
            "good": good,
            "expired": self._signed(self._claims(channel, from_s=-2 * HOUR, to_s=-HOUR)),
            "not yet valid": self._signed(self._claims(channel, from_s=HOUR, to_s=2 * HOUR)),
            "other channel's": self._signed(self._claims("mo" if channel != "mo" else "hop")),
            "other site's": self._signed(self._claims(channel, "xa-2")),
            "nobody's": self._signed(self._claims(channel, "xa-9")),
            "revoked": self._signed(self._claims(channel, "xa-3")),
            "elsewhere": self._signed(self._claims(channel, "xa-4")),
            "crowded": self._signed(self._claims(channel, "xa-5")),
            "forged": signed(self._claims(channel), stranger),
            "cut": good[:-1], "alg none": f"{nobodys}.{said}.",
            "alg none, signed": f"{nobodys}.{said}.{signature}",
            "alg HS256": f"{secret}.{text_of(tag * 2)}",
            "unknown kid": signed(self._claims(channel), SigningKey(self._now, "nobody", self._key.secret)),
        }

    def _claims(self, channel: str, site: str = "xa-1", *, from_s: int = 0, to_s: int = HOUR) -> Claims:
        made = self._now + from_s
        return claims_for(site, ChannelId(channel), device=DEVICE, now=made, until=self._now + to_s)

    def _signed(self, claims: Claims) -> str:
        return signed(claims, self._key)
