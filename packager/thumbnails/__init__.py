"""Thumbnails: small pictures of the programme, listed for players and for the page's own seek bar."""
