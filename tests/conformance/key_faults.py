"""A fault for each rule of encryption, in the recording of a channel that is encrypted."""

from dataclasses import replace

from tests.conformance.answer import Answer
from tests.conformance.faults import Change, Fault, Spoil, fault, header, media, playlists, status, written

_SEGMENT = r"v0/\d+-[1-9]\d*\.m4s"
_KEY = r"#EXT-X-KEY:METHOD=AES-128[^\n]*\n"


def of_keys() -> list[Fault]:
    """`key_rules`."""
    return [
        fault("every_segment_has_its_key", playlists(lambda answer: written(answer, _KEY, "", 999), "captions/"),
              "the_hinted_part_has_its_key"),
        fault("the_iv_is_the_number", playlists(lambda answer: written(answer, "IV=0x0", "IV=0x1", 999), "ts-v0/"),
              "media_opens_with_its_key"),
        fault("a_time_has_one_key_in_all_renditions", playlists(
            lambda answer: written(answer, r"keys/demo/", "keys/demo/0", 999), "captions/"),
            "media_opens_with_its_key"),
        fault("keys_are_there_when_they_are_named", _keys(status(404))),
        fault("keys_are_there_when_they_are_named", _keys(
            lambda answer: replace(answer, body=answer.body + b"\n")), "media_opens_with_its_key"),
        fault("keys_are_in_no_cache", _keys(header("cache-control", "max-age=12"))),
        fault("keys_turn", lambda recording: replace(recording, terms=replace(recording.terms, key=7.0))),
        fault("the_hinted_part_has_its_key", playlists(_without_last_key, "v0/")),
        fault("media_opens_with_its_key", media(_SEGMENT, lambda answer: replace(
            answer, body=answer.body[:4] + b"moof" + answer.body[8:]))),
        fault("media_opens_with_its_key", media(_SEGMENT, lambda answer: replace(
            answer, body=answer.body[:-1] + bytes([answer.body[-1] ^ 1])))),
    ]


def _keys(change: Change) -> Spoil:
    """Every key was answered otherwise."""
    return lambda recording: replace(recording, keys={uri: change(one) for uri, one in recording.keys.items()})


def _without_last_key(answer: Answer) -> Answer:
    """The key above the hint is missing where no segment was begun."""
    return written(answer, r"(.*\n)#EXT-X-KEY:[^\n]*\n(#EXT-X-PRELOAD)", r"\1\2")
