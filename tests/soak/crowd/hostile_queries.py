"""Queries of playlists that nobody's player asks."""

import random

VALUES = ("", "0", "1", "-1", "1e9", "NaN", "9" * 18, "9" * 19, "9" * 20, "9" * 4096, "%00", "%d9%a3", "1%20",
          "+1", "0x1", "YES", "v2", "%ff", "&", "%26_HLS_msn=3", ";", "a=b", "%0d%0aX-a:b")
NAMES = ("_HLS_msn", "_HLS_part", "_HLS_skip", "_hls_msn", "_HLS_MSN", "_HLS_report", "start", "end", "x", "")


def hostile_queries(dice: random.Random, playlist: str, count: int) -> list[str]:
    """Paths with such queries: directives twice, without numbers, with too many."""
    def one() -> str:
        return "&".join(f"{dice.choice(NAMES)}={dice.choice(VALUES)}" for _ in range(dice.randint(1, 4)))

    return [f"{playlist}?{one()}" for _ in range(count)]
