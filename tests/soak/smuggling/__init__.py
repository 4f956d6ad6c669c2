"""Hidden requests, sent to every listener, and through nginx."""
