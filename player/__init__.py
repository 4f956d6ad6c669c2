"""What viewers open: the list of channels and the page that plays one.

    words ─▶ pages (pure text) ─▶ app (HTTP routes) ─▶ browser: web/watch.js plays `/live/<channel>/index.m3u8`

The page's script is bundled once by `scripts/build-player` into `web/dist/`; nothing comes from outside.
"""
