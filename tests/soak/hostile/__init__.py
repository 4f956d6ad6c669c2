"""Broken media into running channels by every kind of feed that can carry it (T-06, T-07, T-09)."""
