"""Requests that two servers in a row may read as two different ones (T-20)."""
