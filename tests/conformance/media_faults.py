"""A fault for each rule of what is inside of media."""

import re
from dataclasses import replace

from tests.conformance.answer import Answer
from tests.conformance.faults import Change, Fault, body, fault, media, playlists, written
from tests.conformance.ts_rules import WRAP

_SEGMENT = r"v0/\d+-[1-9]\d*\.m4s"
_PART = r"v0/\d+-[1-9]\d*\.[1-9]\.m4s"
_INIT = r"v0/init-\d+\.mp4"
_STREAM = r"ts-v0/\d+-[1-9]\d*\.ts"
_PICTURES, _SOUNDS = 0x100, 0x101


def of_boxes() -> list[Fault]:
    """`box_rules`."""
    of_segments = "an_iframe_is_its_segments_first_picture"
    shifted = ("media_time_is_the_date", "pictures_of_a_number_begin_at_one_time", of_segments)
    return [
        fault("boxes_fit_into_each_other", media(_PART, body(b"moof", b"mooX"))),
        fault("init_sections_are_clean", media(_INIT, body(b"cmfc", b"mp42", 9), 9)),
        fault("init_sections_are_clean", media(_INIT, body(b"mvex", b"free"), 9)),
        fault("init_sections_are_clean", media(_INIT, _first_number(b"mvhd", 16), 9)),
        fault("media_time_is_the_date", media(_SEGMENT, _moved(1_920), 99), *shifted, "segments_are_their_parts",
              "media_times_are_equal_in_all_renditions"),
        fault("media_times_run_on", media(_SEGMENT, _moved(1, last=True), newest=True),
              "segments_are_their_parts"),
        fault("media_times_are_equal_in_all_renditions", media(_SEGMENT, _moved(1_920), 99), *shifted,
              "segments_are_their_parts"),
        fault("pictures_of_a_number_begin_at_one_time", media(_SEGMENT, _moved(480), 99), "media_time_is_the_date",
              "segments_are_their_parts", of_segments),
        fault("durations_are_true", media(_SEGMENT, _longer(96), newest=True), "segments_are_their_parts"),
        fault("durations_of_parts_are_true", media(_PART, _longer(96), newest=True), "segments_are_their_parts"),
        fault("segments_begin_with_an_idr", media(_SEGMENT, body(b"\x65", b"\x61"), 99),
              "segments_are_their_parts", of_segments),
        fault("independent_parts_are_marked", playlists(
            lambda answer: written(answer, ",INDEPENDENT=YES", "", 99), "v0/")),
        fault("segments_are_their_parts", media(_SEGMENT, _last_byte, 1, newest=True)),
    ]


def _first_number(kind: bytes, at: int) -> Change:
    """A number in a box is 1."""
    def change(answer: Answer) -> Answer:
        place = answer.body.index(kind) + 4 + at
        return replace(answer, body=answer.body[:place] + b"\0\0\0\1" + answer.body[place + 4 :])
    return change


def _moved(units: int, *, last: bool = False) -> Change:
    """`tfdt` of all fragments, or of the last one, is so much later."""
    def change(answer: Answer) -> Answer:
        places = [found.end() + 4 for found in re.finditer(b"tfdt", answer.body)]
        moved = bytearray(answer.body)
        for place in places[-1:] if last else places:
            moved[place : place + 8] = (int.from_bytes(moved[place : place + 8], "big") + units).to_bytes(8, "big")
        return replace(answer, body=bytes(moved))
    return change


def _longer(units: int) -> Change:
    """The first sample of the last fragment lasts so much longer."""
    def change(answer: Answer) -> Answer:
        place = answer.body.rindex(b"trun") + 16
        length = int.from_bytes(answer.body[place : place + 4], "big") + units
        return replace(answer, body=answer.body[:place] + length.to_bytes(4, "big") + answer.body[place + 4 :])
    return change


def _last_byte(answer: Answer) -> Answer:
    return replace(answer, body=answer.body[:-1] + bytes([answer.body[-1] ^ 1]))


def of_streams() -> list[Fault]:
    """`ts_rules`."""
    return [
        fault("ts_packets_are_whole", media(_STREAM, lambda answer: replace(
            answer, body=answer.body[: 188 * 40] + b"\x46" + answer.body[188 * 40 + 1 :]))),
        fault("ts_segments_begin_with_their_tables", media(_STREAM, lambda answer: replace(
            answer, body=answer.body[188:376] + answer.body[:188] + answer.body[376:]))),
        fault("ts_segments_begin_with_their_tables", media(_STREAM, lambda answer: replace(
            answer, body=answer.body[:14] + b"\x77" + answer.body[15:]))),
        fault("ts_counters_run_on", media(_STREAM, _counter)),
        fault("ts_clock_runs_on", media(_STREAM, _every(_PICTURES, _clock_later))),
        fault("ts_pictures_follow_each_other", media(_STREAM, _stamp(_PICTURES, 45, some=True))),
        fault("ts_sounds_follow_each_other", media(_STREAM, _stamp(_SOUNDS, 45, some=True))),
        fault("ts_times_are_their_dates", media(_STREAM, _stamp(_PICTURES, 45), 1),
              "ts_pictures_follow_each_other"),
        fault("ts_decoding_is_not_behind_showing", media(_STREAM, _shown_earlier), "ts_pictures_follow_each_other",
              "ts_times_are_their_dates"),
        fault("ts_segments_begin_with_an_idr", media(_STREAM, body(b"\0\0\1\x65", b"\0\0\1\x61"))),
        fault("ts_durations_are_true", playlists(
            lambda answer: written(answer, "EXTINF:3.84000", "EXTINF:3.80000", 99), "ts-v0/"),
            "dates_follow_the_durations", "ts_times_are_their_dates"),
    ]


def of_texts() -> list[Fault]:
    """`text_rules`."""
    caption = r"captions/\d+-[1-9]\.vtt"
    return [
        fault("captions_begin_with_their_time_map", media(caption, body(b"X-TIMESTAMP", b"X-timestamp"))),
        fault("captions_begin_with_their_time_map", media(caption, body(b"MPEGTS:8", b"MPEGTS:7"))),
        fault("captions_lie_in_their_segment", media(caption, lambda answer: written(
            answer, r"(\n\d+:)\d\d(:\S+ --> \d+:)\d\d:", r"\g<1>00\g<2>01:"))),
        fault("captions_of_parts_are_their_segments", media(caption, lambda answer: written(
            answer, r"(.*)\d\n\n", r"\1?\n\n"), newest=True), "segments_are_their_parts"),
    ]


def _every(pid: int, change: object) -> Change:
    """Packets of one PID are other ones."""
    def spoil(answer: Answer) -> Answer:
        packets = [answer.body[at : at + 188] for at in range(0, len(answer.body), 188)]
        return replace(answer, body=b"".join(
            change(packet, at) if (packet[1] & 0x1F) << 8 | packet[2] == pid else packet  # type: ignore[operator]
            for at, packet in enumerate(packets)
        ))
    return spoil


def _counter(answer: Answer) -> Answer:
    """The last packet counts one too far."""
    at = len(answer.body) - 185
    value = answer.body[at] & 0xF0 | (answer.body[at] + 1) & 15
    return replace(answer, body=answer.body[:at] + bytes([value]) + answer.body[at + 1 :])


def _clock_later(packet: bytes, at: int) -> bytes:
    """The clock of the packets after the twentieth is two seconds later."""
    if at < 20 or not packet[3] & 0x20 or not packet[4] or not packet[5] & 0x10:
        return packet
    value = int.from_bytes(packet[6:12], "big")
    moved = ((value >> 15) + 180_000) % WRAP << 15 | value & 0x7FFF
    return packet[:6] + moved.to_bytes(6, "big") + packet[12:]


def _stamp(pid: int, ticks: int, *, some: bool = False) -> Change:
    """PTS and DTS of one PID, or of its packets after the twentieth, are so much later."""
    return _every(pid, lambda packet, at: packet if some and at < 20 else _restamped(packet, ticks, ticks))


def _shown_earlier(answer: Answer) -> Answer:
    """PTS is two seconds earlier, and DTS with it where there is no other."""
    return _every(_PICTURES, lambda packet, at: _restamped(packet, -180_000, 0))(answer)


def _restamped(packet: bytes, shown: int, decoded: int) -> bytes:
    place = 4 + (1 + packet[4] if packet[3] & 0x20 else 0)
    if not packet[1] & 0x40 or packet[place : place + 3] != b"\0\0\1":
        return packet
    flags, changed = packet[place + 7] >> 6, bytearray(packet)
    _put(changed, place + 9, shown)
    if flags == 3:
        _put(changed, place + 14, decoded)
    return bytes(changed)


def _put(packet: bytearray, at: int, ticks: int) -> None:
    number = int.from_bytes(packet[at : at + 5], "big")
    stamp = (number >> 33 & 7) << 30 | (number >> 17 & 0x7FFF) << 15 | number >> 1 & 0x7FFF
    stamp = (stamp + ticks) % WRAP
    head = number >> 36 << 36 | 1 | 1 << 16 | 1 << 32
    head |= stamp >> 30 << 33 | (stamp >> 15 & 0x7FFF) << 17 | (stamp & 0x7FFF) << 1
    packet[at : at + 5] = head.to_bytes(5, "big")
