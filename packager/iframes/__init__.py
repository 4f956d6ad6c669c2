"""I-frame playlists: the first picture of each segment, for players that show where in time one is going."""
