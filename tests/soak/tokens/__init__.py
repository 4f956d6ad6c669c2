"""Stream tokens that somebody touched, by the hundred thousand."""
