"""Serves the store to viewers: playlists that wait for the next part, init sections, parts and segments.

The stores live here as well: one in memory for the live edge, one on disk that writes behind it, and both as one.
The origin's handlers hold only the reading half, so nothing that a viewer sends can write.

    packager ──StoreWriter──▶ store ──StoreReader──▶ playlists, bodies ──HTTP──▶ viewers
"""
