"""What a player makes of encrypted media: each part and segment opened with the key and the IV of its row."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES128
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from tests.conformance.answer import Answer
from tests.conformance.playlist import Segment, Tag
from tests.conformance.recording import Recording

CLEAR = re.compile(rb"....(moof|ftyp|styp|prft)|WEBVTT|(\x47.{187}){4}", re.DOTALL)
"""How media in clear begins. Two sync bytes of a transport stream stand in one of 65,536 encrypted bodies too."""


def keys_of_media(recording: Recording) -> dict[str, str]:
    """The EXT-X-KEY above each part and segment, by path; what was listed in clear is left out."""
    return {
        f"{name}/{uri}": segment.key
        for name, answer in recording.playlists for segment in answer.playlist.everything
        for uri in _addresses(segment) if segment.key
    }


def _addresses(segment: Segment) -> Iterator[str]:
    if segment.uri:
        yield segment.uri
    yield from (part.uri for part in segment.parts)


def opened_body(keys: Mapping[str, Answer], key: str, body: bytes) -> bytes:
    """The body in clear; raises ValueError or KeyError when it cannot be opened. One that has no key in force is
    as it was."""
    pairs = Tag("EXT-X-KEY", key).pairs
    if pairs.get("METHOD") != "AES-128":
        return body
    decryptor = Cipher(AES128(keys[pairs["URI"]].body), CBC(bytes.fromhex(pairs["IV"][2:]))).decryptor()
    unpadder = PKCS7(128).unpadder()
    return unpadder.update(decryptor.update(body) + decryptor.finalize()) + unpadder.finalize()


def opened(recording: Recording) -> Recording:
    """The recording as if the channel were in clear. What cannot be opened is left out: one rule tells of it."""
    if not recording.keys:
        return recording
    keys, clear = keys_of_media(recording), {}
    for path, answer in recording.bodies.items():
        if "/init-" in path or answer.status != 200:
            clear[path] = answer
            continue
        with suppress(KeyError, ValueError):
            body = opened_body(recording.keys, keys[path], answer.body)
            if CLEAR.match(body) and not CLEAR.match(answer.body):
                clear[path] = replace(answer, body=body)
    return replace(recording, bodies=clear)
