"""Questions with a point: what a viewer should not ask, or asks seldom."""

import asyncio

from tests.conformance.playlist import Playlist
from tests.conformance.recorder import Recorder
from tests.conformance.recording import Probe


async def ask(recorder: Recorder, rendition: str) -> None:
    """All of them, of one rendition; those that wait for what comes wait together."""
    address = f"{rendition}/index.m3u8"
    recorder.followers += 1
    before = await recorder.get(address)
    for point, query in refused(before.playlist).items():
        recorder.probes[point] = Probe(before=before, answer=await recorder.get(f"{address}?{query}"))
    for point, path in unknown(rendition, before.playlist).items():
        recorder.probes[point] = Probe(before=before, answer=await recorder.get(path))
    recorder.probes["plain"] = Probe(
        before=before, answer=await recorder.get(address, headers={"Accept-Encoding": "identity"}),
    )
    newest = next((one for one in reversed(before.playlist.segments) if not one.gap), None)
    if newest is not None:
        path = f"{rendition}/{newest.uri}"
        recorder.bodies.setdefault(path, await recorder.get(path))
        ranged = await recorder.get(path, headers={"Range": "bytes=10-19"})
        recorder.probes["range"] = Probe(before=before, answer=ranged)
        recorder.probes["head"] = Probe(before=before, answer=await recorder.get(path, method="HEAD"))
    recorder.followers -= 1
    await asyncio.gather(*(_wait(recorder, address, point) for point in waiting(before.playlist)))


async def _wait(recorder: Recorder, address: str, point: str) -> None:
    recorder.followers += 1
    before = await recorder.get(address)
    answer = await recorder.get(f"{address}?{waiting(before.playlist)[point]}")
    recorder.followers -= 1
    recorder.probes[point] = Probe(before=before, answer=answer)


async def ask_what_never_comes(recorder: Recorder, rendition: str) -> None:
    """For a channel that stands still: the next segment."""
    before = await recorder.get(f"{rendition}/index.m3u8")
    answer = await recorder.get(f"{before.path}?_HLS_msn={before.playlist.last_msn + 1}")
    recorder.probes["what never comes"] = Probe(before=before, answer=answer)


def refused(playlist: Playlist) -> dict[str, str]:
    """Queries that are answered at once, by their points."""
    last, (msn, part) = playlist.last_msn, playlist.next
    queries = {
        "part alone": "_HLS_part=0", "no number": "_HLS_msn=x", "far segment": f"_HLS_msn={last + 10}",
        "past segment": f"_HLS_msn={last}", "long past": f"_HLS_msn={playlist.first_msn - 5}",
    }
    if playlist.part_target:
        # Three more than the limit: parts may come between the playlist and the question.
        queries["far part"] = f"_HLS_msn={msn}&_HLS_part={part + limit(playlist) + 3}"
        queries["past part"] = f"_HLS_msn={last}&_HLS_part=0"
    return queries


def unknown(rendition: str, playlist: Playlist) -> dict[str, str]:
    """Paths of what was never there, and of a segment that is listed as lost."""
    paths = {
        "unknown rendition": "nobody/index.m3u8", "unknown segment": f"{rendition}/1-1.m4s",
        "unknown part": f"{rendition}/1-1.0.m4s", "unknown name": f"{rendition}/..%2findex.m3u8",
    }
    lost = next((one for one in playlist.segments if one.gap), None)
    return {**paths, "gap": f"{rendition}/{lost.uri}"} if lost is not None else paths


def waiting(playlist: Playlist) -> dict[str, str]:
    """Queries that wait for what comes, by their points."""
    last, (msn, part) = playlist.last_msn, playlist.next
    queries = {"next segment": f"_HLS_msn={last + 1}", "two segments ahead": f"_HLS_msn={last + 2}"}
    if playlist.part_target:
        parts = round(playlist.segments[-1].duration / playlist.part_target)
        queries["near part"] = f"_HLS_msn={msn}&_HLS_part={part + limit(playlist) - 1}"
        queries["beyond the last part"] = f"_HLS_msn={msn}&_HLS_part={parts}"
    return queries


def limit(playlist: Playlist) -> int:
    """The Advance Part Limit (RFC 8216bis 6.2.5.2)."""
    return 3 if playlist.part_target >= 1 else int(3 / playlist.part_target)
