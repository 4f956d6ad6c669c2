"""Captions of a feed, as text beside its pictures."""
