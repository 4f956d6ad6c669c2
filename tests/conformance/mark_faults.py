"""A fault for each rule of marks."""

from tests.conformance.faults import Fault, deltas, fault, moments, reload, text, written

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
        )),
        fault("date_ranges_are_shared", moments(lambda answer: written(answer, 'ID="mark', 'ID="park'), "audio")),
        fault("deltas_keep_date_ranges", deltas(_LINES, "")),
    ]
