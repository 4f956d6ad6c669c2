"""A fault for each rule of marks."""

from collections.abc import Callable
from dataclasses import replace

from tests.conformance.answer import Answer
from tests.conformance.faults import Fault, Spoil, fault, moments, reload, text, written
from tests.conformance.recording import Delta

_LINES = r"(#EXT-X-DATERANGE[^\n]*\n)+"


def of_marks() -> list[Fault]:
    """`mark_rules`."""
    return [
        fault("date_ranges_say_which_and_since_when", text(r'(START-DATE="[^"]*)Z"', r'\1"', "", 99)),
        fault("date_ranges_say_which_and_since_when", text(r'DURATION=0\.000,CLASS', "DURATION=-1,CLASS", "", 99)),
        fault("date_ranges_say_which_and_since_when", text("CLASS=", "END-ON-NEXT=YES,CLASS=", "", 99)),
        fault("date_ranges_are_only_added_to", reload(
            "v0", -1, lambda answer: written(answer, r'X-XACAST-TEXT="[^"]*"', 'X-XACAST-TEXT="another"'),
        )),
        fault("date_ranges_are_only_added_to", reload("v0", -1, lambda answer: written(answer, _LINES, ""))),
        fault("date_ranges_are_only_added_to", text(
            r'(#EXT-X-DATERANGE:ID="[^"]*",START-DATE="[^"]*")([^\n]*\n)', r"\1\2\1,CLASS=" + '"x"\n', "", 1,
        ), "updates_merge_to_all_date_ranges"),
        fault("date_ranges_are_shared", moments(lambda answer: written(answer, 'ID="mark', 'ID="park'), "audio")),
        fault("deltas_keep_date_ranges", _updates("YES", lambda each: written(each.delta, _LINES, ""))),
        fault("updates_name_the_date_ranges_that_left", _updates("v2", lambda each: written(
            each.delta, ",RECENTLY[^\n]*", "")), "version_is_the_lowest_that_covers"),
        fault("updates_merge_to_all_date_ranges", _updates("v2", lambda each: written(
            each.delta, 'DATERANGES="[^"]*"', 'DATERANGES="' + _first_id(each) + '"'))),
        fault("updates_leave_out_old_date_ranges", _updates("v2", lambda each: written(
            each.delta, "(#EXT-X-SKIP:)", _all_ranges(each) + r"\1"))),
    ]


def _updates(skip: str, change: Callable[[Delta], Answer]) -> Spoil:
    """All deltas that were asked for so are other ones."""
    return lambda recording: replace(recording, deltas=tuple(
        replace(each, delta=change(each)) if each.delta.directives.get("_HLS_skip") == skip else each
        for each in recording.deltas
    ))


def _first_id(each: Delta) -> str:
    return next((tag.pairs["ID"] for tag in each.full.playlist.all("EXT-X-DATERANGE")), "")


def _all_ranges(each: Delta) -> str:
    return "".join(f"#{tag.name}:{tag.value}\n" for tag in each.full.playlist.all("EXT-X-DATERANGE"))
