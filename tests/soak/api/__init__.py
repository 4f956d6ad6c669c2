"""The control API under requests that nobody would write by hand."""
