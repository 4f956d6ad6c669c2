"""Chunks in; parts, segments and (low-latency) HLS playlists into the store.

`Publisher` is the door. Behind it nothing reads a clock or writes anywhere: `Timeline` judges packets and lists
what is lost, `Track` and `Window` hold one rendition, `media_playlist` and `multivariant` write the text. `ts`
gives old boxes the same media as MPEG-TS.
"""
