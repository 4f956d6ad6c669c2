"""What may be changed of a channel that is on air, as an operator writes it. No I/O.

    {"loudness": "-16", "delay": 400, "window": "4h", "by_hand": true, "each": {"trim": ["1=-80"]},
     "region": "01", "who": "lan", "why": "…"}

Each word may be left out. A region is the code of one; who may say it is asked elsewhere.
"""

from dataclasses import replace
from typing import Any

from desk.channel_words import OFF, delay_of, loudness_of
from desk.numbered_words import ON_AIR, with_numbered
from desk.said import Said, said_in
from desk.track_words import check_sounds
from desk.window_words import window_of, window_text
from flow.channel import Channel
from flow.errors import OperatorError
from flow.feed import Feed
from flow.nearest import remedy_for

_KINDS: dict[str, type] = {
    "loudness": str, "delay": int, "window": str, "by_hand": bool, "each": dict, "region": str,
}
_SAID = ("who", "why")


def changed(channel: Channel, words: Any) -> tuple[Channel, Said]:  # noqa: ANN401 - checked here, word by word
    """The channel with these settings, and who wants them why; raises OperatorError for what makes no sense."""
    if not isinstance(words, dict) or not set(words) - set(_SAID):
        problem = "nothing is to be changed"
        raise OperatorError(problem, f"Send one of {', '.join(_KINDS)}")
    said = said_in(words)
    for key, value in words.items():
        if key in _SAID:
            continue
        if key not in _KINDS or type(value) is not _KINDS[key]:
            problem = f"“{str(key)[:40]}” cannot be changed while the channel is on air, or not to that"
            raise OperatorError(problem, remedy_for(str(key)[:40], _KINDS))
    each = words.get("each", {})
    for name, texts in each.items():
        if name not in ON_AIR or not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            problem = f"“{str(name)[:40]}” of a feed cannot be changed while the channel is on air, or not to that"
            raise OperatorError(problem, remedy_for(str(name)[:40], ON_AIR))
    made = replace(channel, feeds=with_numbered(channel.feeds, each, ON_AIR))
    check_sounds(made.feeds, made.tracks)
    if "loudness" in words:
        made = replace(made, loudness=loudness_of(words["loudness"]))
    if "delay" in words:
        made = replace(made, delay_ms=delay_of(words["delay"]))
    if "window" in words:
        made = replace(made, window_s=window_of(words["window"]))
    region = words.get("region", made.region)
    return replace(made, by_hand=words.get("by_hand", made.by_hand), region=region), said


def settled(channel: Channel, other: Channel) -> Channel:
    """`channel` with those settings of `other` that may change on air, feed by feed."""
    feeds = tuple(
        replace(feed, trim_ms=new.trim_ms, cold=new.cold, sounds=new.sounds)
        for feed, new in zip(channel.feeds, other.feeds, strict=False)
    )
    kept = channel.feeds[len(feeds):]
    return replace(
        channel, loudness=other.loudness, delay_ms=other.delay_ms, window_s=other.window_s, by_hand=other.by_hand,
        region=other.region, feeds=(*feeds, *kept),
    )


def told(before: Channel, after: Channel) -> str:
    """What is another now, in words that every language has."""
    words = []
    if after.loudness != before.loudness:
        words.append(f"loudness {OFF if after.loudness is None else f'{after.loudness:g} LUFS'}")
    if after.delay_ms != before.delay_ms:
        words.append(f"delay {after.delay_ms} ms")
    if after.window_s != before.window_s:
        words.append(f"window {window_text(after.window_s)}")
    if after.by_hand is not before.by_hand:
        words.append("by hand" if after.by_hand else "by schedule")
    if after.region != before.region:
        words.append(f"region {after.region}" if after.region else "of the whole country")
    for at, (old, new) in enumerate(zip(before.feeds, after.feeds, strict=False), start=1):
        words += _told_of(at, old, new)
    return ", ".join(words)


def _told_of(at: int, old: Feed, new: Feed) -> list[str]:
    words = []
    if old.trim_ms != new.trim_ms:
        words.append(f"trim {at}={new.trim_ms:+d} ms")
    if old.sounds != new.sounds:
        words.append(f"sound {at}={','.join(map(str, new.sounds))}")
    if old.cold is not new.cold:
        words.append(f"{'cold' if new.cold else 'warm'} {at}")
    return words
