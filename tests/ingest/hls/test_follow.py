import asyncio
import os
from typing import cast

import pytest

from flow.errors import FeedError
from ingest.hls import follow as hls_follow
from ingest.hls.fetch import HlsFetch
from ingest.hls.follow import FeedBreakError, HlsFollow
from ingest.hls.listing import Piece, Span
from ingest.pipes import wide_pipe
from tests.ingest.hls_bodies import END, mp4, playlist, read_all, ts, words

LIST = "http://h/x.m3u8"


class Client:
    """Answers from a table: a list of answers is given one after the other, the last one again and again."""

    def __init__(self, playlists: list[str | FeedError], **bodies: bytes | list[bytes | FeedError]) -> None:
        self._playlists = playlists
        self._bodies = {name: list(body) if isinstance(body, list) else [body] for name, body in bodies.items()}
        self.asked: list[str] = []
        self.seconds: list[float] = []
        self.spans: list[Span | None] = []

    async def playlist(self, url: str) -> tuple[str, str]:
        found = self._playlists.pop(0) if len(self._playlists) > 1 else self._playlists[0]
        if isinstance(found, FeedError):
            raise found
        return found, url

    async def media(self, url: str, limit: int, *, seconds: float = 0.0, span: Span | None = None) -> bytes:
        name = url.rsplit("/", 1)[1].partition("?")[0]
        self.asked.append(name)
        self.seconds.append(seconds)
        self.spans.append(span)
        answers = self._bodies.get(name) or [FeedError("the HLS server answers 404")]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(found, FeedError):
            raise found
        return found


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


async def _followed(client: Client, join: Piece | None = None) -> tuple[str, HlsFollow, FeedError | None]:
    """What was written, who wrote it, and what ended it."""
    reading, writing = wide_pipe()
    follow = HlsFollow(cast("HlsFetch", client), LIST, join=join, sleep=_at_once)
    error = None
    try:
        await asyncio.wait_for(follow.run(writing), 5)
    except FeedError as found:
        error = found
    return words(read_all(reading)), follow, error


def _many(*names: str) -> dict[str, bytes]:
    return {name: ts(name) for name in names}


async def test_new_segments_follow_without_repeating_any() -> None:
    client = Client([playlist("a", "b"), playlist("a", "b"), playlist("b", "c", first=1),
                     playlist("c", "d", first=2) + END], **_many("a", "b", "c", "d"))
    said, follow, error = await _followed(client)
    assert (said, error, follow.trouble, follow.lost) == ("abcd", None, "", 0)
    assert follow.bytes == 4 * 188


async def test_a_byte_range_and_the_time_for_a_segment_are_passed_on() -> None:
    client = Client([playlist("#EXT-X-BYTERANGE:188@40", "a", target=10) + END], a=ts("a"))
    await _followed(client)
    assert client.spans == [Span(start=40, length=188)]
    assert client.seconds == [30.0]


async def test_a_short_segment_has_twelve_seconds_in_any_case() -> None:
    client = Client([playlist("a") + END], a=ts("a"))
    await _followed(client)
    assert client.seconds == [12.0]


async def test_a_segment_that_stays_missing_is_passed_over_when_others_follow() -> None:
    """F-04."""
    client = Client([playlist("a", "gone", "c") + END], **_many("a", "c"))
    said, follow, error = await _followed(client)
    assert (said, error, follow.lost) == ("ac", None, 1)
    assert client.asked.count("gone") == 2


async def test_the_newest_segment_is_waited_for_and_then_ends_the_pull_with_its_reason() -> None:
    client = Client([playlist("a", "gone")], a=ts("a"))
    said, follow, error = await _followed(client)
    assert (said, str(error), follow.trouble) == ("a", "the HLS server answers 404", "the HLS server answers 404")
    assert client.asked.count("gone") == 6


async def test_when_nothing_at_all_can_be_had_it_ends() -> None:
    said, follow, error = await _followed(Client([playlist(*"abcdefgh") + END]))
    assert (said, str(error)) == ("", "the HLS server answers 404")
    assert follow.lost < 8


async def test_a_segment_that_is_late_is_tried_again_without_repeating_the_one_before() -> None:
    client = Client([playlist("a", "late") + END], a=ts("a"), late=[FeedError("not yet"), ts("b")])
    said, follow, _ = await _followed(client)
    assert (said, follow.trouble, client.asked) == ("ab", "", ["a", "late", "late"])


async def test_a_playlist_that_fails_for_a_while_is_asked_again() -> None:
    """F-04."""
    lists = [playlist("a"), *[FeedError("away")] * 5, playlist("a", "b", "c") + END]
    said, follow, error = await _followed(Client(lists, **_many("a", "b", "c")))
    assert (said, error, follow.lost) == ("abc", None, 0)


@pytest.mark.parametrize(("target", "tries"), [(1, 6), (4, 24)])
async def test_and_given_up_after_about_three_target_durations(target: int, tries: int) -> None:
    """F-04: whoever reads has as much in hand."""
    asked: list[float] = []

    async def sleep(seconds: float) -> None:
        asked.append(seconds)
        await asyncio.sleep(0)

    lists: list[str | FeedError] = [playlist("a", target=target), FeedError("away")]
    reading, writing = wide_pipe()
    follow = HlsFollow(cast("HlsFetch", Client(lists, a=ts("a"))), LIST, sleep=sleep)
    with pytest.raises(FeedError, match="away"):
        await asyncio.wait_for(follow.run(writing), 5)
    assert words(read_all(reading)) == "a"
    assert asked.count(0.5) == tries - 1


async def test_gaps_are_counted_once() -> None:
    lists = [playlist("a", "#EXT-X-GAP", "b"), playlist("a", "#EXT-X-GAP", "b", "c") + END]
    client = Client([*lists], **_many("a", "c"))
    said, follow, _ = await _followed(client)
    assert (said, follow.lost, client.asked) == ("ac", 1, ["a", "c"])


async def test_a_server_that_begins_anew_is_followed_on() -> None:
    """F-04: a transport stream takes the jump."""
    client = Client([playlist("a", "b", first=500), playlist("c") + END], **_many("a", "b", "c"))
    said, _, error = await _followed(client)
    assert (said, error) == ("abc", None)


async def test_falling_behind_skips_to_the_live_end_and_counts_it() -> None:
    client = Client([playlist("a"), playlist(*"abcdefgh"), playlist("h", first=7) + END], **_many(*"abcdefgh"))
    said, follow, _ = await _followed(client)
    assert (said, follow.lost) == ("afgh", 4)


async def test_mp4_that_runs_ahead_of_our_clock_is_opened_again_at_its_live_end() -> None:
    """A decoder would wait out the hole: its delay would be as long as before."""
    lists = [playlist("a", init="i"), playlist(*"abcdefgh", init="i")]
    client = Client([*lists], i=mp4("I"), **{name: mp4(name) for name in "abcdefgh"})
    said, _, error = await _followed(client)
    assert (said, type(error)) == ("Ia", FeedBreakError)
    assert "faster than our clock" in str(error)


async def test_a_break_goes_on_in_a_transport_stream() -> None:
    client = Client([playlist("a", "#EXT-X-DISCONTINUITY", "b") + END], **_many("a", "b"))
    assert (await _followed(client))[0] == "ab"


async def test_a_break_in_mp4_ends_the_pull_behind_the_last_whole_segment() -> None:
    """F-05: the decoder would see the time jump."""
    text = playlist("a", "#EXT-X-DISCONTINUITY", "b", init="i") + END
    client = Client([text], i=mp4("I"), a=mp4("a"), b=mp4("b"))
    said, _, error = await _followed(client)
    assert (said, type(error), client.asked) == ("Ia", FeedBreakError, ["i", "a"])
    assert "opened again" in str(error)


async def test_a_break_before_the_first_segment_is_none() -> None:
    client = Client([playlist("#EXT-X-DISCONTINUITY", "a", init="i") + END], i=mp4("I"), a=mp4("a"))
    assert (await _followed(client))[0] == "Ia"


async def test_mp4_of_a_server_that_begins_anew_is_opened_again() -> None:
    lists = [playlist("a", first=500, init="i"), playlist("b", init="i")]
    client = Client([*lists], i=mp4("I"), a=mp4("a"), b=mp4("b"))
    said, _, error = await _followed(client)
    assert (said, type(error)) == ("Ia", FeedBreakError)


async def test_another_init_section_ends_the_pull() -> None:
    text = playlist("a", '#EXT-X-MAP:URI="j"', "b", init="i") + END
    client = Client([text], i=mp4("I"), j=mp4("J"), a=mp4("a"), b=mp4("b"))
    said, _, error = await _followed(client)
    assert (said, str(error)) == ("Ia", "the HLS feed changed its form; it is opened again")


async def test_the_same_init_section_at_an_address_that_was_signed_anew_is_written_once() -> None:
    lists = [playlist("a", init="i?t=1"), playlist("a", "b", init="i?t=2") + END]
    said, _, error = await _followed(Client(lists, i=mp4("I"), a=mp4("a"), b=mp4("b")))
    assert (said, error) == ("Iab", None)


async def test_an_init_section_is_not_forgotten_when_its_first_segment_fails() -> None:
    client = Client([playlist("a", init="i") + END], i=mp4("I"), a=[FeedError("not yet"), mp4("a")])
    assert (await _followed(client))[0] == "Ia"


async def test_segments_of_another_container_end_the_pull() -> None:
    client = Client([playlist("a", "b") + END], a=ts("a"), b=mp4("b"))
    said, _, error = await _followed(client)
    assert (said, type(error)) == ("a", FeedBreakError)


@pytest.mark.parametrize("body", [
    b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", b"ffconcat version 1.0\n", b"<html>sorry</html>",
    b"RIFF1234AVI GAB2", b"",
])
async def test_what_is_no_segment_never_reaches_the_pipe(body: bytes) -> None:
    """T-07."""
    said, _, error = await _followed(Client([playlist("a") + END], a=body))
    assert (said, str(error)) == ("", "the HLS feed's segments are neither MPEG-TS nor MP4")
    said, _, error = await _followed(Client([playlist("a", init="i") + END], i=body or b"x", a=mp4("a")))
    assert (said, str(error)) == ("", "the HLS feed's segments are neither MPEG-TS nor MP4")


async def test_a_playlist_that_stands_still_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-04."""
    monkeypatch.setattr(hls_follow, "_STALLED", 0)
    reading, writing = wide_pipe()
    stood = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        if client.asked:
            stood.set()
        await asyncio.sleep(0)

    client = Client([playlist("a")], a=ts("a"))
    follow = HlsFollow(cast("HlsFetch", client), LIST, sleep=sleep)
    task = asyncio.create_task(follow.run(writing))
    await asyncio.wait_for(stood.wait(), 5)
    assert follow.trouble == "the HLS playlist brings nothing new"
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert words(read_all(reading)) == "a"


async def test_two_segments_are_in_memory_and_no_more() -> None:
    """One that is being read, and the next."""
    reading, writing = wide_pipe()
    names = "abcdefgh"
    client = Client([playlist(*names) + END], **{name: ts(name) * 10_000 for name in names})
    task = asyncio.create_task(HlsFollow(cast("HlsFetch", client), LIST, sleep=_at_once).run(writing))
    for _ in range(100):
        await asyncio.sleep(0)
    assert client.asked == ["a", "b"]
    said = await asyncio.to_thread(read_all, reading)
    await asyncio.wait_for(task, 5)
    assert client.asked == list(names)
    assert len(said) == 8 * 10_000 * 188


async def test_it_ends_when_nobody_reads_any_more() -> None:
    reading, writing = wide_pipe()
    os.close(reading)
    follow = HlsFollow(cast("HlsFetch", Client([playlist("a")], a=ts("a"))), LIST, sleep=_at_once)
    await asyncio.wait_for(follow.run(writing), 5)
