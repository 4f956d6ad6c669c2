"""A fault for each rule of one playlist, and of what renditions say of each other."""

from dataclasses import replace

from tests.conformance.answer import Answer
from tests.conformance.faults import Fault, fault, moments, playlists, text, written
from tests.conformance.recording import Recording

_HEAD = r"(#EXT-X-TARGETDURATION:\d+\n)"
_ALL = r"((iframes-)?v0|(iframes-)?v1|audio|audio-48k|captions)/"
_PICTURES = "iframes_are_listed_as_their_segments_are"
"""Which says what of their rows is something else than in the list beside."""


def of_grammar() -> list[Fault]:
    """`grammar_rules`."""
    return [
        fault("playlists_are_clean_utf8", text("#EXTM3U", "\ufeff#EXTM3U")),
        fault("playlists_are_clean_utf8", text(_HEAD, r"\1\n")),
        fault("playlists_are_clean_utf8", text(r"(\.m4s)\n", r"\1 \n")),
        fault("playlists_begin_with_extm3u", text("#EXTM3U\n", "#EXTM3U8\n")),
        fault("attribute_lists_are_well_formed", text("BLOCK-RELOAD=YES", 'BLOCK-RELOAD="YES"', _ALL)),
        fault("attribute_lists_are_well_formed", text("(#EXT-X-SERVER-CONTROL:)", r"\1HOLD-BACK=6.000,", _ALL)),
        fault("attribute_lists_are_well_formed", text(",HOLD-BACK=", ",hOLD-BACK=", _ALL),
              "part_hold_back_is_three_parts"),
        fault("tags_of_the_whole_playlist_stand_once", text(_HEAD, r"\1\1")),
        fault("media_and_multivariant_tags_do_not_mix", text(_HEAD, r"\1#EXT-X-STREAM-INF:BANDWIDTH=1\n")),
        fault("sequence_numbers_stand_before_segments",
              text(r"(#EXT-X-DISCONTINUITY-SEQUENCE:\d+\n)(.*)", r"\2\1")),
        fault("version_is_the_lowest_that_covers", text(r"VERSION:\d+", "VERSION:7")),
        fault("version_is_the_lowest_that_covers", text(r"VERSION:3", "VERSION:6", "ts-v0/")),
        fault("live_playlists_have_no_type_and_no_end", text(_HEAD, r"\1#EXT-X-PLAYLIST-TYPE:EVENT\n")),
        fault("live_playlists_have_no_type_and_no_end", text(r"(.*)", r"\1#EXT-X-ENDLIST\n")),
        fault("addresses_are_relative", text('URI="../audio', 'URI="/live/demo/audio'),
              "reports_name_every_other_rendition"),
        fault("no_address_stands_twice", text(r'(URI="(\d+-\d+)\.0\.m4s".*?URI=")\2\.1\.m4s', r"\1\2.0.m4s"),
              "independent_parts_are_marked", "segments_are_their_parts", "the_open_segment_is_only_added_to",
              "parts_of_a_segment_never_change"),
    ]


def of_time() -> list[Fault]:
    """`time_rules`."""
    without_the_key = ("keys_turn", "media_opens_with_its_key")
    return [
        fault("target_duration_covers_every_segment", text("DURATION:4\n", "DURATION:3\n", "ts-"),
              "segments_come_in_time", "media_live_as_long_as_they_may", "playlists_live_no_longer_than_they_may"),
        fault("target_duration_covers_every_segment", text("DURATION:2\n", "DURATION:2.0\n", _ALL)),
        fault("durations_have_five_decimals", text("1.92000,", "1.92,", _ALL, 99)),
        fault("every_segment_has_a_date", text(r"(TIME:[^\n]*)Z", r"\1+0000"),
              "listed_segments_never_change", "deltas_merge_to_the_full_playlist", _PICTURES),
        fault("every_segment_has_a_date", text(r"#EXT-X-PROGRAM-DATE-TIME:[^\n]*\n", ""),
              "segments_begin_together", "listed_segments_never_change", "deltas_merge_to_the_full_playlist",
              _PICTURES),
        fault("dates_follow_the_durations", text(r"(.*TIME:[^\n]*)\.\d\d\d(Z.*TIME:)", r"\1.999\2"),
              "segments_begin_together", "listed_segments_never_change", "media_time_is_the_date",
              _PICTURES),
        fault("dates_are_near_now", text(r"(TIME:20)(\d\d)", r"\g<1>16", "", 999),
              "media_time_is_the_date", "ts_times_are_their_dates", "captions_lie_in_their_segment",
              "date_ranges_are_only_added_to"),
        fault("fragments_have_a_map_and_streams_none", text(r"#EXT-X-MAP:[^\n]*\n", "", "v0/", 9),
              _PICTURES),
        fault("fragments_have_a_map_and_streams_none", text(_HEAD, r'\1#EXT-X-MAP:URI="init-1.mp4"\n', "ts-v0/"),
              "version_is_the_lowest_that_covers"),
        fault("another_map_follows_a_discontinuity", text("#EXT-X-DISCONTINUITY\n", "", "", 9),
              "discontinuity_sequence_counts_tags_that_left"),
        fault("keys_have_a_method_an_address_and_an_iv",
              text(r"(#EXT-X-PRO)", r'#EXT-X-KEY:METHOD=AES-128,URI="k"\n\1', "ts-v0/"),
              *without_the_key),
        fault("keys_have_a_method_an_address_and_an_iv",
              text(r"(#EXT-X-PRO)", r'#EXT-X-KEY:METHOD=NONE,URI="k"\n\1', "ts-v0/"),
              *without_the_key),
        fault("init_sections_stand_outside_of_keys",
              text(_HEAD, r'\1#EXT-X-KEY:METHOD=AES-128,URI="k",IV=0x' + "0" * 32 + r"\n"),
              "the_iv_is_the_number", _PICTURES, *without_the_key),
        fault("windows_are_long_enough", playlists(_only_four, "ts-v0/")),
    ]


def _only_four(answer: Answer) -> Answer:
    """The newest four segments, as a window that is too short would show."""
    playlist = answer.playlist
    first = playlist.segments[-4]
    sequence = playlist.number("EXT-X-DISCONTINUITY-SEQUENCE")
    sequence += sum(segment.discontinuity for segment in playlist.segments[:-4])
    shorter = written(answer, r"MEDIA-SEQUENCE:\d+", f"MEDIA-SEQUENCE:{first.msn}")
    shorter = written(shorter, r"DISCONTINUITY-SEQUENCE:\d+", f"DISCONTINUITY-SEQUENCE:{sequence:.0f}")
    begin = f"(#EXT-X-DISCONTINUITY\\n)?#EXT-X-PROGRAM-DATE-TIME:{first.date}"
    return written(shorter, rf"(SEQUENCE:\d+\n)(?!#EXT-X-DISC\S+:).*?({begin})", r"\1\2")


def of_parts() -> list[Fault]:
    """`part_rules`."""
    return [
        fault("parts_have_a_target", text(r"#EXT-X-PART-INF[^\n]*\n", "", "audio/"),
              "one_part_is_hinted", "reports_name_every_other_rendition"),
        fault("parts_are_listed_up_to_the_edge", text(r"#EXT-X-PART:[^\n]*\n", "", "audio/", 99),
              "renditions_advance_in_step", "reports_are_true", "a_part_is_waited_for",
              "the_hint_names_the_next_part"),
        fault("parts_are_within_their_target", text("PART:DURATION=0.64000", "PART:DURATION=0.64100", _ALL, 999),
              "durations_of_parts_are_true"),
        fault("short_parts_have_an_excuse", text(
            r"DURATION=0.64000(,URI=\"[^\"]*\"\n)", r"DURATION=0.52000\1", "v0/", 9),
              "parts_add_up_to_their_segment", "durations_of_parts_are_true"),
        fault("parts_add_up_to_their_segment", text(r"EXTINF:1.92000", "EXTINF:1.80000", "v0/", 999),
              "dates_follow_the_durations", "durations_are_true", _PICTURES),
        fault("tags_of_a_segment_stand_before_its_parts",
              text(r"(#EXT-X-PRO[^\n]*\n)(#EXT-X-PART:[^\n]*\n)", r"\2\1")),
        fault("one_part_is_hinted", text(r"(#EXT-X-PRELOAD[^\n]*\n)", r"\1\1")),
        fault("one_part_is_hinted", text(r"#EXT-X-PRELOAD[^\n]*\n", "")),
        fault("the_hint_is_not_listed_yet",
              text(r'(.*URI="([^"]*m4s)"[^\n]*\n.*HINT:TYPE=PART,URI=")[^"]*', r"\1\2"),
              "hints_are_kept", "the_hint_names_the_next_part"),
        fault("the_hint_names_the_next_part", text(r'(HINT:TYPE=PART,URI="\d+-\d+\.)\d', r"\g<1>7"),
              "hints_are_kept"),
        fault("updates_are_offered", text("CAN-SKIP-UNTIL=12.000,", "", _ALL), "deltas_skip_to_the_boundary",
              "skip_boundary_is_six_segments", "updates_leave_out_old_date_ranges"),
        fault("old_parts_are_let_go", text(
            r"(TIME:[^\n]*\n)(#EXTINF:[^\n]*\n(\d+-\d+)\.m4s\n)",
            r'\1#EXT-X-PART:DURATION=0.64000,URI="\3.0.m4s",INDEPENDENT=YES\n\2',
        ), "parts_add_up_to_their_segment", "deltas_end_as_the_full_playlist_does", "segments_are_their_parts",
            "parts_of_a_segment_never_change"),
        fault("hold_back_is_three_segments", text(",HOLD-BACK=6.000", ",HOLD-BACK=5.000", _ALL)),
        fault("part_hold_back_is_three_parts", text("PART-HOLD-BACK=1.92000", "PART-HOLD-BACK=1.28000", _ALL)),
        fault("skip_boundary_is_six_segments", text("SKIP-UNTIL=12.000", "SKIP-UNTIL=11.000", _ALL),
              "deltas_skip_to_the_boundary"),
        fault("reloads_may_block", text("CAN-BLOCK-RELOAD=YES,", "", _ALL)),
        fault("lists_for_old_boxes_are_plain", text(_HEAD, r"\1#EXT-X-GAP\n", "ts-v0/"),
              "listed_segments_never_change"),
    ]


def of_gaps() -> list[Fault]:
    """`gap_rules`."""
    listed, whole = r'(#EXT-X-PART:[^\n]*-0\.[^"]*"),GAP=YES', r"#EXT-X-GAP\n(#EXTINF:[^\n]*\n\d+)-0"
    name, part = "lost_media_has_the_name_of_no_run", "a_segment_without_all_of_its_parts_is_lost"
    return [
        fault(name, text(listed, r"\1", "v0/", 99)),
        fault(name, text(r'(\d-[1-9]\.1\.m4s")', r"\1,GAP=YES", "v0/", 99), part),
        fault(name, text(whole, r"\1-0", "v0/", 99), part, "version_is_the_lowest_that_covers", _PICTURES),
        fault(part, text(whole, r"\1-2", "v0/", 99), "version_is_the_lowest_that_covers", _PICTURES),
        fault("what_is_lost_stays_lost", _taken_back, "parts_of_a_segment_never_change"),
    ]


def _taken_back(recording: Recording) -> Recording:
    """A lost part is there in the next answer."""
    answers = list(recording.reloads["v0"])
    lost = next(at for at, one in enumerate(answers) if any(part.gap for _, _, part in one.playlist.parts))
    answers[lost + 1] = written(answers[lost + 1], r'(.*"\d+-)0(\.\d\.m4s"),GAP=YES', r"\g<1>3\2")
    return replace(recording, reloads={**recording.reloads, "v0": tuple(answers)})


def of_multivariants() -> list[Fault]:
    """`multivariant_rules`."""
    index = r"index\.m3u8"
    second = r'\1#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Another",LANGUAGE="en",URI="audio/index.m3u8"\n'
    alone = r"audio\.m3u8"
    others = "groups_of_a_kind_have_the_same_members"
    media = r"(#EXT-X-MEDIA[^\n]*\n)"
    return [
        fault("variants_say_what_they_are", text(r"FRAME-RATE=25.000", "FRAME-RATE=25", index)),
        fault("variants_say_what_they_are", text(r"RESOLUTION=\d+x\d+,", "", index),
              "iframe_streams_say_what_they_are"),
        fault("averages_are_below_peaks", text(r"AVERAGE-BANDWIDTH=", "AVERAGE-BANDWIDTH=999", index)),
        fault("segments_are_declared_independent", text(r"#EXT-X-INDEPENDENT-SEGMENTS\n", "", index)),
        fault("groups_that_variants_name_exist", text(r'AUDIO="audio"', 'AUDIO="other"', index)),
        fault("renditions_of_a_group_differ", text(media, r"\1\1", index), others),
        fault("renditions_of_a_group_differ",
              text(media, second.replace(",URI", ",DEFAULT=YES,URI"), index), others),
        fault("renditions_of_a_group_differ", text(r',LANGUAGE="[^"]*"', "", index), others),
        fault("groups_of_a_kind_have_the_same_members", text(
            r'(GROUP-ID="audio",NAME="[^"]*",LANGUAGE="[^"]*"),DEFAULT=YES', r"\1,DEFAULT=NO", index,
        )),
        fault("groups_of_a_kind_have_the_same_members", text(media, second, index)),
        fault("sound_alone_fits_the_thinnest_line", text("BANDWIDTH=5", "BANDWIDTH=7", alone)),
        fault("sound_alone_fits_the_thinnest_line", text("CODECS=", "RESOLUTION=128x72,CODECS=", alone)),
        fault("sound_alone_fits_the_thinnest_line", text('CODECS="', 'CODECS="avc1.42c01f,', alone)),
        fault("closed_captions_are_none_everywhere_or_nowhere", text(
            r"(#EXT-X-STREAM[^\n]*)(,CLOSED-CAPTIONS=NONE)(\n\S+\n)", r"\1\2\3\1\3", index,
        ), "iframe_streams_say_what_they_are"),
        fault("codecs_are_those_of_the_init_sections", text("mp4a.40.2", "mp4a.40.5", index)),
        fault("codecs_are_those_of_the_init_sections", text("avc1.42c01f", "avc1.64001f", index)),
        fault("bandwidth_holds_the_peak", text(r"BANDWIDTH=\d+,AVERAGE-BANDWIDTH=\d+",
                                               "BANDWIDTH=900,AVERAGE-BANDWIDTH=800", index)),
    ]


def of_renditions() -> list[Fault]:
    """`rendition_rules`."""
    return [
        fault("target_durations_are_equal", text("DURATION:2\n", "DURATION:3\n", "audio/"),
              "hold_back_is_three_segments", "skip_boundary_is_six_segments"),
        fault("server_controls_are_equal", text("HOLD-BACK=6.000", "HOLD-BACK=7.000", "audio/")),
        fault("segments_begin_together", moments(
            lambda answer: written(answer, r"TIME:20\d\d", "TIME:2016"), "audio",
        )),
        fault("discontinuities_are_shared", moments(
            lambda answer: written(answer, r"(DISCONTINUITY-SEQUENCE:)\d+", r"\g<1>77"), "audio",
        )),
        fault("renditions_advance_in_step", moments(
            lambda answer: written(answer, r"(.*)(#EXT-X-PRELOAD)",
                                   r'\1#EXT-X-PART:DURATION=1.28000,URI="x"\n\2'), "audio",
        )),
        fault("reports_name_every_other_rendition", text(r"#EXT-X-RENDITION-REPORT:[^\n]*\n", "")),
        fault("reports_name_every_other_rendition", text(r"(\.\./audio/index.m3u8)", r"\1?_HLS_msn=1")),
        fault("reports_are_true", text(r"LAST-MSN=(\d)\d", r"LAST-MSN=\g<1>0")),
    ]
