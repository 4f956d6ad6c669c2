"""The headend's numbers in the Prometheus text format, version 0.0.4."""

from collections.abc import Iterator, Sequence
from typing import Any

from desk.cage import Level
from flow.encoder_kind import EncoderKind
from flow.feed import FeedState
from flow.layout import Layout
from origin.viewers import ViewerCounts

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_MODES = ("auto", "pinned", "hold", "cut", "schedule")
_LAYOUTS = tuple(layout for layout in Layout if layout is not Layout.AUTO)
_MEASURED = (
    ("bits_per_second", "gauge", "bitrate"), ("packets_lost_total", "counter", "lost"),
    ("packets_refused_total", "counter", "refused"), ("stranger", "gauge", "stranger"),
    ("restarts_total", "counter", "restarts"), ("delay_milliseconds", "gauge", "delay_ms"),
    ("skew_milliseconds", "gauge", "skew_ms"), ("rate_ppm", "gauge", "rate_ppm"),
    ("loudness_lufs", "gauge", "lufs"), ("gain_decibels", "gauge", "gain_db"),
)
_TICKS = (("ticks", "all"), ("ticks_held", "held"), ("ticks_slate", "slate"), ("ticks_late", "late"))


def metrics(reports: Sequence[dict[str, Any]], viewers: ViewerCounts) -> str:
    """The page for a scrape, from the reports of all channels and what viewers asked for."""
    lines = []
    for name, kind, value in (
        ("xacast_channels", "gauge", len(reports)),
        ("xacast_viewer_answers_total", "counter", viewers.answers),
        ("xacast_viewer_bytes_total", "counter", viewers.bytes),
        ("xacast_viewer_requests_waiting", "gauge", viewers.waiting),
    ):
        lines += [f"# TYPE {name} {kind}", f"{name} {value}"]
    for name, kind, samples in _families(reports):
        lines.append(f"# TYPE {name} {kind}")
        lines += [f"{name}{{{_labels(labels)}}} {value}" for labels, value in samples]
    return "\n".join(lines) + "\n"


_Sample = tuple[dict[str, str], float | int]


def _families(reports: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, list[_Sample]]]:
    yield "xacast_channel_open", "gauge", [({"channel": one["name"]}, int(one["playlist"])) for one in reports]
    yield "xacast_channel_alarms", "gauge", [({"channel": one["name"]}, len(one["alarms"])) for one in reports]
    heard = [(one["name"], one["worker"]) for one in reports if one["worker"]["status"]]
    yield "xacast_worker_connected", "gauge", [
        ({"channel": one["name"]}, int(one["worker"]["connected"])) for one in reports
    ]
    yield "xacast_worker_clock_offset_seconds", "gauge", [
        ({"channel": name}, worker["clock_offset_seconds"]) for name, worker in heard
    ]
    yield "xacast_ticks_total", "counter", [
        ({"channel": name, "kind": kind}, worker["status"][key]) for name, worker in heard for key, kind in _TICKS
    ]
    yield "xacast_encoder_restarts_total", "counter", [
        ({"channel": name}, worker["status"]["encoder_restarts"]) for name, worker in heard
    ]
    yield "xacast_encoder", "gauge", [
        ({"channel": name, "encoder": kind}, int(worker["status"].get("encoder") == kind))
        for name, worker in heard if worker["status"].get("encoder") for kind in EncoderKind
    ]
    yield "xacast_encoder_depth_ticks", "gauge", [
        ({"channel": name}, worker["status"]["encoder_depth"]) for name, worker in heard
    ]
    yield "xacast_channel_mode", "gauge", [
        ({"channel": name, "mode": mode}, int(worker["status"]["mode"] == mode))
        for name, worker in heard for mode in _MODES
    ]
    yield "xacast_channel_layout", "gauge", [
        ({"channel": name, "layout": layout}, int(worker["status"]["layout"] == layout))
        for name, worker in heard if worker["status"].get("layout") for layout in _LAYOUTS
    ]
    yield from _cages([(name, worker["status"].get("cage", {})) for name, worker in heard])
    yield "xacast_switches_total", "counter", [
        ({"channel": name}, worker["status"]["switches"]) for name, worker in heard
    ]
    yield "xacast_on_air_since_seconds", "gauge", [
        ({"channel": name}, worker["status"]["since_ns"] // 1_000_000_000) for name, worker in heard
    ]
    yield from _feeds([
        ({"channel": name, "feed": str(at)}, feed)
        for name, worker in heard for at, feed in enumerate(worker["status"]["feeds"], start=1)
    ])


def _feeds(feeds: Sequence[tuple[dict[str, str], dict[str, Any]]]) -> Iterator[tuple[str, str, list[_Sample]]]:
    """Of each feed with its labels, numbered as people count; their values are few, whatever a sender does."""
    for family, key, wanted in (("on_air", "on_air", True), ("fit", "unfit", ""), ("live", "state", "live")):
        yield f"xacast_feed_{family}", "gauge", [(labels, int(feed[key] == wanted)) for labels, feed in feeds]
    for family, kind, key in _MEASURED:
        yield f"xacast_feed_{family}", kind, [
            (labels, _plain(feed[key])) for labels, feed in feeds if feed.get(key) is not None
        ]
    yield "xacast_feed_track_sound", "gauge", [
        ({**labels, "track": str(track)}, number)
        for labels, feed in feeds for track, number in enumerate(feed.get("heard", ()), start=1)
    ]
    yield "xacast_feed_changed_seconds", "gauge", [
        (labels, feed.get("changed_ns", 0) // 1_000_000_000) for labels, feed in feeds
    ]
    yield "xacast_feed_state", "gauge", [
        ({**labels, "kind": feed["kind"], "state": state.value}, int(feed["state"] == state))
        for labels, feed in feeds for state in FeedState
    ]


def _cages(heard: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, str, list[Any]]]:
    """What decoders run in, and what came of trying it."""
    yield "xacast_cage", "gauge", [
        ({"channel": name, "level": level}, int(cage.get("level") == level))
        for name, cage in heard for level in Level
    ]
    for family in ("tried", "refused"):
        yield f"xacast_cage_{family}", "gauge", [({"channel": name}, cage.get(family, 0)) for name, cage in heard]


def _plain(value: Any) -> Any:  # noqa: ANN401 - what a worker says is a number, or a yes or no
    return int(value) if isinstance(value, bool) else value


def _labels(labels: dict[str, str]) -> str:
    return ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
