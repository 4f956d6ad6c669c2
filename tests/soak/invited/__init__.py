"""Who may watch what, in a country of the real size."""
