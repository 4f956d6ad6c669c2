"""The headers that keep a page from running or showing anything that is not its own."""

from collections.abc import Mapping

DIRECTIVES: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "media-src": "'self' blob:",  # Media Source Extensions give the video element a blob: address
    "connect-src": "'self'",
    "worker-src": "'self' blob:",  # hls.js takes segments apart in a worker
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""Content Security Policy of every page: no inline script or style, nothing from anywhere else."""

PAGE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in DIRECTIVES.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-cache",
    "Vary": "Cookie",
}
"""A page is asked for each time: the list of channels changes, and its scripts' addresses with each release. What
it lists depends on who asks."""

STATIC_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
}
"""The address holds the content's hash, so the answer never changes (RFC 8246)."""
